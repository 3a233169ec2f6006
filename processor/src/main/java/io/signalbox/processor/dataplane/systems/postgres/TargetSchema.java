package io.signalbox.processor.dataplane.systems.postgres;

import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.SystemException.Kind;
import io.signalbox.processor.domain.Config;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which schema the JDBC sink writes to, by its {@code collection.name.format}: {@code "schema"."${source.table}"}, with or without
 * quotes.
 *
 * @param name {@code public} where the format names none; null when it is that of the source
 */
record TargetSchema(String name) {

    private static final Pattern FORMAT =
            Pattern.compile("(?:\"(?<quoted>(?:[^\"]|\"\")+)\"|(?<plain>[^.\"]+))\\.(?<table>.+)");
    private static final String FIRST = "public";
    private static final String OF_SOURCE = "${source.schema}";

    static TargetSchema of(Config sink) {
        String format = sink.get("collection.name.format");
        // A dot within ${source.table} separates nothing.
        Matcher parts = FORMAT.matcher(format == null ? "" : format.replace("${source.", "${source:"));
        if (!parts.matches()) {
            return new TargetSchema(FIRST);
        }
        String schema = (parts.group("quoted") == null
                        ? parts.group("plain")
                        : parts.group("quoted").replace("\"\"", "\""))
                .replace("${source:", "${source.");
        if (schema.equals(OF_SOURCE)) {
            return new TargetSchema(null);
        }
        if (schema.contains("${")) {
            throw new SystemException(
                    Kind.REFUSED, "collection.name.format names a schema that is not known before: " + format);
        }
        return new TargetSchema(schema);
    }

    boolean sameAsSource() {
        return name == null;
    }
}
