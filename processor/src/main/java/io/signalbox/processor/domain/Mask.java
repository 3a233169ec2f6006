package io.signalbox.processor.domain;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is shown instead of a secret; and what it means when somebody writes it back: keep the secret that is there. */
public final class Mask {

    public static final String TEXT = "********";
    private static final int SHORTEST = 4;

    private Mask() {}

    /**
     * Whether a value is asterisks and nothing else, four at least: other tools have masks of other lengths, and one or two
     * asterisks mean something to some connectors.
     *
     * @param value may be null
     */
    public static boolean keeps(String value) {
        return value != null && value.length() >= SHORTEST && value.chars().allMatch(c -> c == '*');
    }

    /** Whether a value that stands in the log is not to be shown. */
    public static boolean hides(String name, String value) {
        return Sealed.is(value) || SecretRule.secret(name, value);
    }

    /**
     * @param given values by name; null values are no masks
     * @param before what is there now; null for nothing
     * @return the first setting that is to keep a secret which is not there
     */
    public static Optional<String> unkept(Map<String, String> given, Config before) {
        return given.entrySet().stream()
                .filter(entry -> keeps(entry.getValue()))
                .map(Map.Entry::getKey)
                .filter(name -> before == null || !hides(name, before.get(name)))
                .findFirst();
    }

    /** @return what was given, with what is there now where it is to be kept; nothing may be {@link #unkept} */
    public static Map<String, String> kept(Map<String, String> given, Config before) {
        Map<String, String> all = new TreeMap<>(given);
        all.replaceAll((name, value) -> keeps(value) ? before.get(name) : value);
        return all;
    }

    /** Why a command is refused that is to keep what is not there. */
    public static String nothingToKeep(String name) {
        return "\"" + name + "\" is " + TEXT
                + ", which keeps the secret that is there, but there is none: give its value";
    }
}
