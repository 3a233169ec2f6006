package io.signalbox.api.hostile;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the parameters of paths are filled with. For tests. */
public record Place(String environment, String cluster, String connector) {

    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z]+)}");

    private static final Map<String, String> FIXED = Map.of(
            "task",
            "0",
            "plugin",
            "X",
            "logger",
            "root",
            "key",
            "NONE",
            "id",
            "none",
            "file",
            "documents.json",
            "group",
            "event",
            "schema",
            "ConnectorCreated.avsc");

    String path(String template) {
        return path(template, this::value);
    }

    /** @param value of each parameter, by its name; null for the usual one */
    String path(String template, UnaryOperator<String> value) {
        return PARAMETER.matcher(template).replaceAll(found -> {
            String special = value.apply(found.group(1));
            return Matcher.quoteReplacement(special == null ? value(found.group(1)) : special);
        });
    }

    private String value(String parameter) {
        return switch (parameter) {
            case "env", "environment" -> environment;
            case "cluster" -> cluster;
            case "connector", "pipeline" -> connector;
            default -> FIXED.get(parameter);
        };
    }

    static List<String> parameters(String template) {
        return PARAMETER
                .matcher(template)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
