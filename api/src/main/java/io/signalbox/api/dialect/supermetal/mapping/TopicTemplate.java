package io.signalbox.api.dialect.supermetal.mapping;

import io.signalbox.api.dialect.supermetal.model.Wrong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How topics are called at the target: a text with {@code {database}}, {@code {schema}}, {@code {table}} and {@code {database_or_schema}}. */
final class TopicTemplate {

    /** Their names for both, where there are any. */
    private static final String FIRST = "$1";

    private static final String TABLE = "$2";
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern ILLEGAL = Pattern.compile("[^a-zA-Z0-9._-]");

    private final String template;
    private final String pointer;

    TopicTemplate(String template, String sinkPointer) {
        this.template = template;
        pointer = sinkPointer + "/topic_name_template";
    }

    /** @return what Kafka Connect's RegexRouter makes of the parts of a topic's name */
    String replacement(Source source) {
        if (template.isEmpty()) {
            throw Wrong.notRunnable(pointer, "is empty");
        }
        var replacement = new StringBuilder();
        Matcher variables = VARIABLE.matcher(template);
        int end = 0;
        while (variables.find()) {
            replacement.append(literal(template.substring(end, variables.start())));
            replacement.append(value(variables.group(1), source));
            end = variables.end();
        }
        return replacement.append(literal(template.substring(end))).toString();
    }

    private String literal(String text) {
        if (ILLEGAL.matcher(text).find()) {
            throw Wrong.notRunnable(
                    pointer, "holds what no topic's name may: use letters, digits, dots, underscores and hyphens");
        }
        return text;
    }

    private String value(String variable, Source source) {
        return switch (variable) {
            case "table" -> TABLE;
            case "database_or_schema" -> FIRST;
            case "database" ->
                source.hasSchemas() ? ILLEGAL.matcher(source.database()).replaceAll("_") : FIRST;
            case "schema" -> {
                if (!source.hasSchemas()) {
                    throw Wrong.notRunnable(pointer, "names {schema}, and the source has none: use {database}");
                }
                yield FIRST;
            }
            default ->
                throw Wrong.notRunnable(
                        pointer,
                        "names {" + variable + "}: there are {database}, {schema}, {table} and {database_or_schema}");
        };
    }
}
