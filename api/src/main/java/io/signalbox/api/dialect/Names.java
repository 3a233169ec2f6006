package io.signalbox.api.dialect;

import io.signalbox.api.http.Refusal;
import io.signalbox.processor.domain.ConnectorKey;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Kafka Connect's rules for connector names, in its words, and the one that Signalbox adds: how long a name may be. */
public final class Names {

    private Names() {}

    /** Checks that the config speaks of this connector, and has a connector class: in Connect's order. */
    public static void check(String name, Map<String, String> config) {
        requireSame(name, config);
        requireClass(config);
        requireLegal(name);
    }

    /** The same where the class is another matter: no worker is needed to find what is wrong with a name. */
    public static void checkName(String name, Map<String, String> config) {
        requireSame(name, config);
        requireLegal(name);
    }

    private static void requireSame(String name, Map<String, String> config) {
        String included = config.get("name");
        if (included != null && !included.equals(name)) {
            throw mismatch(name, included);
        }
    }

    public static Refusal mismatch(String name, String included) {
        return Refusal.bad("Connector name configuration (" + included + ") doesn't match connector name in the URL ("
                + name + ")");
    }

    /** The keys are shown, the values are not: they may be secrets. */
    public static void requireClass(Map<String, String> config) {
        if (config.get("connector.class") == null) {
            throw Refusal.bad("Connector config "
                    + config.keySet().stream().collect(Collectors.joining(", ", "{", "}"))
                    + " contains no connector type");
        }
    }

    /** Whether a connector can have this name. */
    public static boolean legal(String name) {
        return !name.isEmpty()
                && name.length() <= ConnectorKey.MAX_NAME
                && name.chars().noneMatch(Character::isISOControl);
    }

    private static void requireLegal(String name) {
        if (name.isEmpty()) {
            throw illegal(name, "String may not be empty");
        }
        String controls = name.chars()
                .filter(Character::isISOControl)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
        if (!controls.isEmpty()) {
            throw illegal(
                    name, "String may not contain control sequences but had the following ASCII chars: " + controls);
        }
        if (name.length() > ConnectorKey.MAX_NAME) {
            throw illegal(name, "String may not be longer than " + ConnectorKey.MAX_NAME + " characters");
        }
    }

    private static Refusal illegal(String name, String why) {
        return InvalidConfig.refusal(List.of("Invalid value " + name + " for configuration name: " + why));
    }
}
