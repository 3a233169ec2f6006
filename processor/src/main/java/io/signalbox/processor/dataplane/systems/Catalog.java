package io.signalbox.processor.dataplane.systems;

import java.util.List;

/**
 * What a database has to copy.
 *
 * @param name of the database
 */
public record Catalog(String name, List<Schema> schemas) {

    public Catalog {
        schemas = List.copyOf(schemas);
    }

    public record Schema(String name, List<Table> tables) {

        public Schema {
            tables = List.copyOf(tables);
        }
    }

    public record Table(String name, List<Column> columns) {

        public Table {
            columns = List.copyOf(columns);
        }
    }

    /**
     * @param dataType as the database writes it, length and precision included
     * @param supported whether its values arrive as they are, in a column of a type that takes all of them
     */
    public record Column(String name, String dataType, boolean nullable, boolean primaryKey, boolean supported) {}
}
