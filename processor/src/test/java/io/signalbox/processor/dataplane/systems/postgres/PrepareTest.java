package io.signalbox.processor.dataplane.systems.postgres;

import static io.signalbox.processor.dataplane.systems.postgres.Database.PASSWORD;
import static io.signalbox.processor.dataplane.systems.postgres.Database.SYSTEMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.dataplane.systems.RealPostgres;
import io.signalbox.processor.dataplane.systems.SourceReady;
import io.signalbox.processor.dataplane.systems.SourceReady.LeftOut;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.SystemException.Kind;
import io.signalbox.processor.domain.Config;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.replication.PGReplicationStream;

/** What is made in databases before a pipeline runs, on a real server. */
class PrepareTest {

    private static final String PUBLISHED =
            "select schemaname || '.' || tablename from pg_publication_tables where pubname = 'the publication' order"
                    + " by 1";

    private final Database database = new Database();

    @Test
    void a_superuser_follows_all_tables_also_those_that_are_made_later() {
        database.run("CREATE TABLE a (id int PRIMARY KEY)");

        SourceReady ready = prepare(database.source());
        database.run("CREATE TABLE b (id int PRIMARY KEY)");

        assertThat(ready.settings()).as("it can copy single tables").isEqualTo(Map.of("read.only", "true"));
        assertThat(ready.leftOut()).isEmpty();
        assertThat(ready.newTables()).isTrue();
        assertThat(database.list(PUBLISHED)).containsExactly("public.a", "public.b");
        assertThat(prepare(database.source())).isEqualTo(ready);
    }

    @Test
    void a_table_without_key_is_left_out_and_can_still_be_written_to() {
        database.run(
                "CREATE TABLE a (id int PRIMARY KEY)",
                "CREATE TABLE \"No Key\" (id int)",
                "INSERT INTO \"No Key\" VALUES (1)",
                "CREATE TABLE full_identity (id int UNIQUE)",
                "ALTER TABLE full_identity REPLICA IDENTITY FULL");

        SourceReady ready = prepare(database.source());
        database.run("UPDATE \"No Key\" SET id = 2");

        assertThat(ready.leftOut()).containsExactly(new LeftOut("public.No Key", "it has no primary key"));
        assertThat(ready.settings()).containsEntry("table.exclude.list", "(?-i:public\\.No\\ Key)");
        assertThat(ready.newTables()).isFalse();
        assertThat(database.list(PUBLISHED)).containsExactly("public.a", "public.full_identity");
    }

    @Test
    void only_what_is_included_is_published_and_what_comes_later_is_told() {
        database.run(
                "CREATE SCHEMA sales",
                "CREATE TABLE sales.a (id int PRIMARY KEY)",
                "CREATE TABLE sales.b (id int PRIMARY KEY)",
                "CREATE TABLE other (id int PRIMARY KEY)");
        Config source = database.source().with("table.include.list", "sales\\..*");

        assertThat(prepare(source).late()).isEmpty();
        assertThat(database.list(PUBLISHED)).containsExactly("sales.a", "sales.b");

        database.run("CREATE TABLE sales.c (id int PRIMARY KEY)", "DROP TABLE sales.a");
        assertThat(prepare(source).late()).containsExactly("sales.c");
        assertThat(database.list(PUBLISHED)).containsExactly("sales.b", "sales.c");
    }

    @Test
    void the_publication_follows_the_config_from_all_to_some_and_back() {
        database.run("CREATE TABLE a (id int PRIMARY KEY)", "CREATE TABLE b (id int PRIMARY KEY)");

        prepare(database.source());
        prepare(database.source().with("table.include.list", "public.a"));
        assertThat(database.list(PUBLISHED)).containsExactly("public.a");
        prepare(database.source());
        assertThat(database.list("select puballtables::text from pg_publication"))
                .containsExactly("true");
    }

    @Test
    void who_is_no_superuser_follows_the_tables_that_are_his() {
        String user = database.newUser("REPLICATION");
        database.run(
                "GRANT CREATE ON DATABASE " + Sql.quoted(database.name) + " TO " + Sql.quoted(user),
                "CREATE SCHEMA his AUTHORIZATION " + Sql.quoted(user),
                "CREATE TABLE his.a (id int PRIMARY KEY)",
                "ALTER TABLE his.a OWNER TO " + Sql.quoted(user));

        SourceReady ready = prepare(database.source(user, PASSWORD));

        assertThat(ready.newTables()).isFalse();
        assertThat(database.list(PUBLISHED)).containsExactly("his.a");
    }

    @Test
    void what_a_user_may_not_do_is_told_in_the_servers_words() {
        String user = database.newUser("REPLICATION");
        database.run("CREATE TABLE a (id int PRIMARY KEY)");

        assertThatThrownBy(() -> prepare(database.source(user, PASSWORD)))
                .isInstanceOfSatisfying(
                        SystemException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageContaining("permission denied");
    }

    @Test
    void partitions_are_copied_or_the_table_that_they_are_parts_of() {
        database.run(
                "CREATE TABLE whole (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE part PARTITION OF whole FOR VALUES FROM (0) TO (10)");

        assertThat(prepare(database.source()).leftOut())
                .containsExactly(new LeftOut("public.whole", "its partitions are copied"));
        assertThat(database.list(PUBLISHED)).containsExactly("public.part");

        assertThat(prepare(database.source().with("publish.via.partition.root", "true"))
                        .leftOut())
                .containsExactly(new LeftOut("public.part", "it is copied as a part of its table"));
        assertThat(database.list(PUBLISHED)).containsExactly("public.whole");
    }

    @Test
    void a_copy_that_ends_by_itself_needs_no_publication() {
        database.run("CREATE TABLE a (id int PRIMARY KEY)");
        prepare(database.source().with("snapshot.mode", "initial_only"));
        assertThat(database.list("select pubname from pg_publication")).isEmpty();
    }

    @Test
    void a_publication_of_somebody_else_is_used_and_not_changed() {
        assertThatThrownBy(() -> SYSTEMS.prepareSource(database.source(), false))
                .hasMessageContaining("the publication that is named does not exist");
        database.run("CREATE TABLE a (id int PRIMARY KEY)", "CREATE PUBLICATION \"the publication\"");

        SYSTEMS.prepareSource(database.source(), false);

        assertThat(database.list(PUBLISHED)).isEmpty();
    }

    @Test
    void dropping_is_done_once_and_quiet_when_there_is_nothing_left() {
        Config source = database.source();
        prepare(source);
        database.run("select pg_create_logical_replication_slot('" + source.get("slot.name") + "', 'pgoutput')");

        for (int i = 0; i < 2; i++) {
            SYSTEMS.dropSlot(source);
            SYSTEMS.dropPublication(source);
        }

        assertThat(database.list("select pubname from pg_publication")).isEmpty();
        assertThat(slots(source)).isEmpty();
    }

    @Test
    void a_slot_that_is_still_read_is_dropped_all_the_same() throws Exception {
        Config source = database.source();
        prepare(source);
        String slot = source.get("slot.name");
        database.run("select pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
        // Its end is none of its own: the server ends it.
        PGReplicationStream reader = read(slot);
        assertThat(slots(source)).containsExactly("true");

        SYSTEMS.dropSlot(source);

        assertThat(slots(source)).isEmpty();
        assertThatThrownBy(reader::read).isInstanceOf(SQLException.class);
    }

    private PGReplicationStream read(String slot) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", RealPostgres.ADMIN);
        properties.setProperty("password", "");
        properties.setProperty("replication", "database");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("assumeMinServerVersion", "14");
        return DriverManager.getConnection(Database.server().url(database.name), properties)
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName(slot)
                .withSlotOption("proto_version", 1)
                .withSlotOption("publication_names", Sql.quoted("the publication"))
                .start();
    }

    @Test
    void schemas_of_the_source_are_made_in_the_target_and_those_that_are_there_left_alone() {
        Database target = new Database();
        database.run("CREATE SCHEMA \"Sales \"\"2\"\"\"", "CREATE TABLE \"Sales \"\"2\"\"\".a (id int PRIMARY KEY)");
        database.run("CREATE SCHEMA empty", "CREATE TABLE b (id int PRIMARY KEY)");
        Config sink = target.sink(RealPostgres.ADMIN, "", "\"${source.schema}\".\"${source.table}\"");

        SYSTEMS.prepareSink(database.source(), sink);
        SYSTEMS.prepareSink(database.source(), sink);

        assertThat(schemas(target)).containsExactly("Sales \"2\"", "public");
    }

    @Test
    void the_schema_that_a_sink_names_is_made_without_asking_the_source() {
        Database target = new Database();
        Config nowhere = database.source().with("database.port", "9");

        SYSTEMS.prepareSink(nowhere, target.sink(RealPostgres.ADMIN, "", "\"copy\".\"${source.table}\""));

        assertThat(schemas(target)).containsExactly("copy", "public");
    }

    @Test
    void a_schema_that_is_there_needs_no_right_to_make_one() {
        Database target = new Database();
        String user = target.newUser("");
        Config sink = target.sink(user, PASSWORD, "copy.${source.table}");

        assertThatThrownBy(() -> SYSTEMS.prepareSink(database.source(), sink))
                .hasMessageContaining("permission denied for database");
        target.run("CREATE SCHEMA copy");
        SYSTEMS.prepareSink(database.source(), sink);
    }

    private static SourceReady prepare(Config source) {
        return SYSTEMS.prepareSource(source, true);
    }

    private List<String> slots(Config source) {
        return database.list(
                "select active::text from pg_replication_slots where slot_name = '" + source.get("slot.name") + "'");
    }

    private static List<String> schemas(Database target) {
        return target.list(
                "select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'"
                        + " order by nspname collate \"C\"");
    }
}
