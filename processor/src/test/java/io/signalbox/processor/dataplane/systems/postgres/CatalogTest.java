package io.signalbox.processor.dataplane.systems.postgres;

import static io.signalbox.processor.dataplane.systems.postgres.Database.SYSTEMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.dataplane.systems.Catalog;
import io.signalbox.processor.dataplane.systems.Catalog.Column;
import io.signalbox.processor.dataplane.systems.Catalog.Schema;
import io.signalbox.processor.dataplane.systems.Catalog.Table;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.SystemException.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogTest {

    private final Database database = new Database();

    @Test
    void schemas_tables_and_columns_are_told_with_their_types_and_keys() {
        database.run(
                "CREATE TYPE mood AS ENUM ('sad', 'happy')",
                "CREATE DOMAIN cents AS numeric(10, 2)",
                "CREATE TABLE \"B b\" (n int NOT NULL, \"K\" varchar(10), PRIMARY KEY (\"K\"))",
                """
                CREATE TABLE a (id bigint PRIMARY KEY, dropped int, free numeric, sum numeric(10, 2), m mood, c cents,
                  p point, tags text[], hour time(3), double int GENERATED ALWAYS AS (2) STORED)""",
                "ALTER TABLE a DROP COLUMN dropped",
                "CREATE VIEW v AS SELECT 1",
                "CREATE SCHEMA empty");

        assertThat(SYSTEMS.catalog(database.source().with("table.exclude.list", ".*")))
                .isEqualTo(new Catalog(
                        database.name,
                        List.of(new Schema(
                                "public",
                                List.of(
                                        new Table(
                                                "B b",
                                                List.of(
                                                        new Column("n", "integer", false, false, true),
                                                        new Column("K", "character varying(10)", false, true, true))),
                                        new Table(
                                                "a",
                                                List.of(
                                                        new Column("id", "bigint", false, true, true),
                                                        new Column("free", "numeric", true, false, false),
                                                        new Column("sum", "numeric(10,2)", true, false, true),
                                                        new Column("m", "mood", true, false, true),
                                                        new Column("c", "cents", true, false, true),
                                                        new Column("p", "point", true, false, false),
                                                        new Column("tags", "text[]", true, false, true),
                                                        new Column(
                                                                "hour", "time(3) without time zone", true, false, true),
                                                        new Column("double", "integer", true, false, false))))))));
    }

    @Test
    void of_a_server_that_is_away_or_says_no_the_reason_is_told_without_the_password() {
        assertThatThrownBy(() -> SYSTEMS.catalog(database.source().with("database.port", "9")))
                .isInstanceOfSatisfying(
                        SystemException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
                .hasMessageContaining("127.0.0.1:9");
        String user = database.newUser("");
        assertThatThrownBy(() -> SYSTEMS.catalog(database.source(user, "wrong-password")))
                .isInstanceOfSatisfying(
                        SystemException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("wrong-password")
                .hasNoCause();
    }

    @Test
    void of_a_database_without_a_driver_nothing_is_told() {
        var other = database.source().with("connector.class", "io.debezium.connector.sqlserver.SqlServerConnector");
        assertThatThrownBy(() -> SYSTEMS.catalog(other)).hasMessageContaining("there is no driver");
    }
}
