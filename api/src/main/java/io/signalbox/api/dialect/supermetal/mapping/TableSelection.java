package io.signalbox.api.dialect.supermetal.mapping;

import io.signalbox.api.dialect.supermetal.model.Wrong;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A catalog as Debezium's lists of regular expressions, which match whole names. A table is taken by its own action, else by that
 * of its schema, else by the catalog's; a schema that is included by name in a catalog that excludes, and that lists included tables,
 * has only those.
 */
final class TableSelection {

    private static final Pattern SPECIAL = Pattern.compile("[^A-Za-z0-9_]");

    private final boolean includes;
    private final List<String> included = new ArrayList<>();
    private final List<String> excluded = new ArrayList<>();
    private final List<String> columns = new ArrayList<>();

    private TableSelection(boolean includes) {
        this.includes = includes;
    }

    /** @param catalog missing for everything */
    static Map<String, String> settings(Tree catalog) {
        if (!catalog.there()) {
            return Map.of();
        }
        var selection = new TableSelection(included(catalog.text("default_action")));
        Tree schemas = catalog.at("schemas");
        for (int i = 0; i < schemas.node().size(); i++) {
            selection.schema(schemas.item(i));
        }
        return selection.settings(catalog.pointer());
    }

    private Map<String, String> settings(String pointer) {
        Map<String, String> settings = new TreeMap<>();
        if (includes) {
            put(settings, "table.exclude.list", excluded);
        } else if (included.isEmpty()) {
            throw Wrong.notRunnable(pointer, "includes no table");
        } else {
            put(settings, "table.include.list", included);
        }
        put(settings, "column.exclude.list", columns);
        return settings;
    }

    private static void put(Map<String, String> settings, String name, List<String> patterns) {
        if (!patterns.isEmpty()) {
            settings.put(name, String.join(",", patterns));
        }
    }

    private void schema(Tree schema) {
        String name = schema.text("name");
        List<String> in = new ArrayList<>();
        List<String> out = new ArrayList<>();
        Tree tables = schema.at("tables");
        for (int i = 0; i < tables.node().size(); i++) {
            Tree table = tables.item(i);
            boolean taken = included(table.text("action"));
            (taken ? in : out).add(table.text("name"));
            if (taken) {
                columns(name, table);
            }
        }
        boolean whole = included(schema.text("action")) && (includes || in.isEmpty());
        if (whole) {
            included.add(out.isEmpty() ? all(name) : allBut(name, out));
            out.forEach(table -> excluded.add(exactly(name, table)));
        } else {
            in.forEach(table -> included.add(exactly(name, table)));
            excluded.add(in.isEmpty() ? all(name) : allBut(name, in));
        }
    }

    private void columns(String schema, Tree table) {
        Tree all = table.at("columns");
        for (int i = 0; i < all.node().size(); i++) {
            Tree column = all.item(i);
            if (!included(column.text("action"))) {
                if (column.flag("primary_key")) {
                    throw Wrong.notRunnable(column.pointer(), "is of the primary key, and cannot be left out");
                }
                columns.add(exactly(schema, table.text("name"), column.text("name")));
            }
        }
    }

    private static boolean included(String action) {
        return action.equals("Include");
    }

    /** As they are written, in this case and no other. */
    private static String exactly(String... names) {
        return "(?-i:" + String.join("\\.", quoted(List.of(names))) + ")";
    }

    private static String all(String schema) {
        return "(?-i:" + quoted(schema) + "\\..*)";
    }

    private static String allBut(String schema, List<String> tables) {
        return "(?-i:" + quoted(schema) + "\\.(?!(?:" + String.join("|", quoted(tables)) + ")$).*)";
    }

    private static List<String> quoted(List<String> names) {
        return names.stream().map(TableSelection::quoted).toList();
    }

    static String quoted(String name) {
        return SPECIAL.matcher(name).replaceAll("\\\\$0");
    }
}
