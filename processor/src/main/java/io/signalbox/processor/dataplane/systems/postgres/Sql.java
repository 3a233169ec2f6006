package io.signalbox.processor.dataplane.systems.postgres;

import io.signalbox.processor.dataplane.systems.TableName;

/** Names of others in SQL text, where no parameter can be. */
final class Sql {

    private Sql() {}

    /** @throws IllegalArgumentException of what can be no name in PostgreSQL */
    static String quoted(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("no name of PostgreSQL's: empty, or with a zero character");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String quoted(TableName name) {
        return quoted(name.schema()) + "." + quoted(name.table());
    }
}
