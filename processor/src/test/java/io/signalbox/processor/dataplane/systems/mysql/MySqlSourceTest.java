package io.signalbox.processor.dataplane.systems.mysql;

import static io.signalbox.processor.dataplane.systems.mysql.Database.MARIADB;
import static io.signalbox.processor.dataplane.systems.mysql.Database.SYSTEMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.dataplane.systems.Catalog;
import io.signalbox.processor.dataplane.systems.Catalog.Column;
import io.signalbox.processor.dataplane.systems.Catalog.Schema;
import io.signalbox.processor.dataplane.systems.Catalog.Table;
import io.signalbox.processor.dataplane.systems.SourceReady;
import io.signalbox.processor.dataplane.systems.SourceReady.LeftOut;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.domain.Config;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a pipeline asks a real MariaDB for. */
@Timeout(240)
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class MySqlSourceTest {

    private final Database database = new Database();

    @Test
    void a_config_for_mysql_becomes_one_for_mariadb_where_that_is_what_is_there() {
        Config asked = database.source().with("database.ssl.mode", "disabled");

        Map<String, String> fit = SYSTEMS.fit(asked);

        assertThat(fit).isEqualTo(Map.of("connector.class", MARIADB, "database.ssl.mode", "disable"));
        assertThat(SYSTEMS.fit(asked.patched(fit))).isEmpty();
        assertThat(SYSTEMS.prepareSource(asked, false).settings()).isEqualTo(fit);
        assertThat(SYSTEMS.fit(database.source())).as("what the server offers").isEqualTo(fit);
    }

    @Test
    void a_table_without_a_key_is_left_out_and_new_ones_are_followed() {
        database.run(
                "CREATE TABLE a (id int PRIMARY KEY)",
                "CREATE TABLE `No Key` (id int UNIQUE)",
                "CREATE TABLE u (id int NOT NULL UNIQUE)",
                "CREATE VIEW v AS SELECT 1");

        SourceReady ready = SYSTEMS.prepareSource(database.source(), false);

        assertThat(ready.leftOut()).containsExactly(new LeftOut(database.name + ".No Key", "it has no primary key"));
        assertThat(ready.settings().get("table.exclude.list")).endsWith("\\.No\\ Key)");
        assertThat(ready.newTables()).isTrue();
        assertThat(ready.late()).isEmpty();
    }

    @Test
    void a_list_of_nothing_but_tables_without_a_key_is_refused() {
        database.run("CREATE TABLE a (id int)");
        Config source = database.source().with("table.include.list", ".*\\.a");
        assertThatThrownBy(() -> SYSTEMS.prepareSource(source, false))
                .isInstanceOf(SystemException.class)
                .hasMessageContaining("no table is left to copy");
    }

    @Test
    void nothing_is_left_at_the_server_that_would_have_to_be_removed() {
        Config away = database.source().with("database.port", "9");
        SYSTEMS.dropSlot(away);
        SYSTEMS.dropPublication(away);
    }

    @Test
    void tables_and_columns_are_told_with_their_types_and_keys() {
        database.run(
                "CREATE TABLE `B b` (n int NOT NULL, k varchar(10), PRIMARY KEY (k))",
                "CREATE TABLE a (id bigint unsigned PRIMARY KEY, d decimal(10,2), e enum('x', 'y'), p point)",
                "CREATE VIEW v AS SELECT 1");

        assertThat(SYSTEMS.catalog(database.source().with("table.exclude.list", ".*")))
                .isEqualTo(new Catalog(
                        database.name,
                        List.of(new Schema(
                                database.name,
                                List.of(
                                        new Table(
                                                "a",
                                                List.of(
                                                        new Column("id", "bigint(20) unsigned", false, true, true),
                                                        new Column("d", "decimal(10,2)", true, false, true),
                                                        new Column("e", "enum('x','y')", true, false, true),
                                                        new Column("p", "point", true, false, false))),
                                        new Table(
                                                "B b",
                                                List.of(
                                                        new Column("n", "int(11)", false, false, true),
                                                        new Column("k", "varchar(10)", false, true, true))))))));
    }

    @Test
    void without_a_database_all_are_told_but_the_servers_own() {
        database.run("CREATE TABLE a (id int PRIMARY KEY)");
        Config all = Config.of(Map.of(
                "connector.class",
                Database.MYSQL,
                "database.hostname",
                "127.0.0.1",
                "database.port",
                Integer.toString(Database.server().port()),
                "database.user",
                "admin"));
        assertThat(SYSTEMS.catalog(all).schemas())
                .extracting(Schema::name)
                .contains(database.name)
                .doesNotContain("mysql", "sys", "information_schema");
    }
}
