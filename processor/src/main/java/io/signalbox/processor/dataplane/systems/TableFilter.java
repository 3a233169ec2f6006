package io.signalbox.processor.dataplane.systems;

import io.signalbox.processor.domain.Config;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which tables a Debezium source takes, by the rules that Debezium documents for {@code schema.include.list}, {@code database.include.list},
 * {@code table.exclude.list} and the like: regular expressions, separated by commas, that match the whole name in any case.
 */
public final class TableFilter {

    private static final String TABLES = "table";
    private static final Pattern COMMA = Pattern.compile("(?<!\\\\),");
    private static final Pattern SPECIAL = Pattern.compile("[^A-Za-z0-9_]");

    private final Predicate<String> schemas;
    private final Predicate<String> tables;
    private final Config source;
    private final String schema;

    /** @param schema what the settings call that in which tables are */
    private TableFilter(Config source, String schema) {
        this.source = source;
        this.schema = schema;
        schemas = taken(source, schema);
        tables = taken(source, TABLES);
    }

    /** @throws SystemException REFUSED when a list is not made of regular expressions */
    public static TableFilter of(Config source) {
        return new TableFilter(source, "schema");
    }

    /** Of a source that has no schemas: there, tables are in databases. As {@link #of}. */
    public static TableFilter ofDatabases(Config source) {
        return new TableFilter(source, "database");
    }

    /** Whether nothing is left out, not even what does not exist yet. */
    public boolean takesAll() {
        return Stream.of(schema, TABLES).noneMatch(what -> has(include(what)) || has(exclude(what)));
    }

    public boolean takes(String schema, String table) {
        return schemas.test(schema) && tables.test(schema + "." + table);
    }

    /**
     * @param less what is no longer to be taken
     * @param rest what is taken still
     * @return the setting that makes the source do so; empty when it does already
     */
    public Map<String, String> without(Collection<TableName> less, Collection<TableName> rest) {
        if (less.isEmpty()) {
            return Map.of();
        }
        if (has(include(TABLES))) {
            return Map.of(include(TABLES), patterns(rest));
        }
        String already = has(exclude(TABLES)) ? source.get(exclude(TABLES)) + "," : "";
        return Map.of(exclude(TABLES), already + patterns(less));
    }

    private static String patterns(Collection<TableName> names) {
        return names.stream().map(TableFilter::pattern).sorted().collect(Collectors.joining(","));
    }

    /** Matches that name only, in its own case. */
    static String pattern(TableName name) {
        return "(?-i:" + escaped(name.toString()) + ")";
    }

    /** Matches that text only, in any case. */
    public static String escaped(String text) {
        return SPECIAL.matcher(text).replaceAll("\\\\$0");
    }

    private boolean has(String list) {
        String value = source.get(list);
        return value != null && !value.isBlank();
    }

    private static String include(String what) {
        return what + ".include.list";
    }

    private static String exclude(String what) {
        return what + ".exclude.list";
    }

    private static Predicate<String> taken(Config source, String what) {
        List<Pattern> included = list(source, include(what));
        List<Pattern> excluded = list(source, exclude(what));
        return name -> included.isEmpty() ? !matches(excluded, name) : matches(included, name);
    }

    private static boolean matches(List<Pattern> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private static List<Pattern> list(Config source, String setting) {
        String value = source.get(setting);
        List<Pattern> patterns = new ArrayList<>();
        for (String each : value == null ? new String[0] : COMMA.split(value)) {
            if (!each.isBlank()) {
                try {
                    patterns.add(Pattern.compile(each.strip().replace("\\,", ","), Pattern.CASE_INSENSITIVE));
                } catch (PatternSyntaxException e) {
                    throw new SystemException(
                            SystemException.Kind.REFUSED, setting + " is no list of regular expressions: " + each);
                }
            }
        }
        return patterns;
    }
}
