package io.signalbox.processor.dataplane.systems.postgres;

import static io.signalbox.processor.dataplane.systems.postgres.Database.PASSWORD;
import static io.signalbox.processor.dataplane.systems.postgres.Database.SYSTEMS;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.dataplane.systems.Check;
import io.signalbox.processor.dataplane.systems.Check.Result;
import io.signalbox.processor.dataplane.systems.Check.Result.Failed;
import io.signalbox.processor.dataplane.systems.Check.Result.Skipped;
import io.signalbox.processor.dataplane.systems.Check.Result.Success;
import io.signalbox.processor.dataplane.systems.Check.Result.Warn;
import io.signalbox.processor.dataplane.systems.Check.Test.Permission;
import io.signalbox.processor.dataplane.systems.Check.Test.ServerInfo;
import io.signalbox.processor.dataplane.systems.Check.Test.Setup;
import io.signalbox.processor.dataplane.systems.RealPostgres;
import io.signalbox.processor.domain.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is tried at a real server before it is used, and what is said of it. */
@Timeout(60)
class ChecksTest {

    private final Database database = new Database();

    @Test
    void a_source_that_is_as_it_should_be_passes_all() {
        database.run("CREATE TABLE a (id int PRIMARY KEY)");

        Map<String, Result> results = source(database.source().with("database.sslmode", "disable"));

        assertThat(results.keySet())
                .containsExactly(
                        "DnsResolution",
                        "Reachability",
                        "Connection",
                        "Authentication",
                        "Tls",
                        "ServerInfo",
                        "REPLICATION",
                        "CREATE PUBLICATION",
                        "wal_level",
                        "max_replication_slots",
                        "max_wal_senders",
                        "tables",
                        "SELECT",
                        "keys",
                        "types");
        assertThat(results.remove("Tls")).isInstanceOf(Skipped.class);
        assertThat(results.values()).allMatch(Success.class::isInstance);
    }

    @Test
    void the_version_and_the_times_are_told() {
        List<Check> checks = SYSTEMS.checkSource(database.source());

        assertThat(checks)
                .anySatisfy(each -> assertThat(each.test())
                        .isInstanceOfSatisfying(
                                ServerInfo.class,
                                info -> assertThat(info.version()).startsWith("18.")));
        assertThat(checks).allSatisfy(each -> assertThat(each.endedAt()).isAfterOrEqualTo(each.startedAt()));
        assertThat(checks).isSortedAccordingTo((one, other) -> one.endedAt().compareTo(other.endedAt()));
    }

    @Test
    void what_a_user_lacks_is_told_by_name_with_what_helps() {
        String user = database.newUser("");
        database.run("CREATE TABLE a (id int PRIMARY KEY)");
        Config source = database.source(user, PASSWORD);

        Map<String, Result> results = source(source);

        assertThat(results.get("REPLICATION")).isInstanceOf(Failed.class);
        assertThat(results.get("CREATE PUBLICATION")).isInstanceOf(Failed.class);
        assertThat(results.get("SELECT")).isEqualTo(new Failed("the user may not read public.a"));
        SYSTEMS.checkSource(source).stream()
                .filter(each -> each.test() instanceof Permission)
                .flatMap(each -> ((Permission) each.test()).suggestions().stream())
                .forEach(database::run);
        assertThat(source(source).values()).noneMatch(Failed.class::isInstance);
    }

    @Test
    void tables_without_a_key_and_types_that_do_not_arrive_as_they_are_are_warned_of() {
        database.run("CREATE TABLE a (id int, n numeric, p point)");

        Map<String, Result> results = source(database.source());

        assertThat(results.get("keys")).isEqualTo(new Warn("not copied: public.a (it has no primary key)"));
        assertThat(results.get("types"))
                .isEqualTo(new Warn("may arrive changed, or stop the copy: public.a.n (numeric), public.a.p (point)"));
        assertThat(source(database.source().with("table.exclude.list", ".*")).get("tables"))
                .isInstanceOf(Warn.class);
    }

    @Test
    void a_server_whose_changes_cannot_be_followed_is_good_for_a_copy_that_ends() {
        try (RealPostgres plain = new RealPostgres(Map.of("wal_level", "replica", "max_replication_slots", "0"))) {
            Config source = database.source()
                    .with("database.port", Integer.toString(plain.port()))
                    .with("database.dbname", "postgres");

            Map<String, Result> results = source(source);
            assertThat(results.get("wal_level")).isEqualTo(new Failed("wal_level is replica, not logical"));
            assertThat(results.get("max_replication_slots")).isEqualTo(new Failed("all replication slots are in use"));

            Map<String, Result> ending = source(source.with("snapshot.mode", "initial_only"));
            assertThat(ending.get("wal_level")).isInstanceOf(Skipped.class);
            assertThat(ending.values()).noneMatch(Failed.class::isInstance);
        }
    }

    @Test
    void a_wrong_password_fails_at_authentication_and_is_not_told() {
        String user = database.newUser("");
        List<Check> checks = SYSTEMS.checkSource(database.source(user, "wrong-password"));

        Map<String, Result> results = byName(checks);
        assertThat(results.get("Connection")).isInstanceOf(Success.class);
        assertThat(results.get("Authentication")).isInstanceOf(Failed.class);
        assertThat(results.get("ServerInfo")).isInstanceOf(Skipped.class);
        assertThat(checks.toString()).doesNotContain("wrong-password");
    }

    @Test
    void a_database_that_is_not_there_fails_behind_the_login() {
        Map<String, Result> results = source(database.source().with("database.dbname", "nowhere"));
        assertThat(results.get("Authentication")).isInstanceOf(Success.class);
        assertThat(results.get("Connection")).isEqualTo(new Failed("FATAL: database \"nowhere\" does not exist"));
    }

    @Test
    void where_encryption_is_demanded_and_not_offered_that_is_what_fails() {
        assertThat(source(database.source()).get("Tls")).isInstanceOf(Warn.class);
        for (String mode : List.of("require", "verify-full")) {
            Map<String, Result> results = source(database.source().with("database.sslmode", mode));
            assertThat(results.get("Tls")).isEqualTo(new Failed("The server does not support SSL."));
            assertThat(results.get("Authentication")).isInstanceOf(Skipped.class);
        }
    }

    @Test
    void nobody_there_is_told_and_the_rest_not_tried() {
        Map<String, Result> results = source(database.source().with("database.port", "9"));
        assertThat(results.get("Reachability")).isInstanceOf(Failed.class);
        assertThat(results.get("Connection")).isInstanceOf(Skipped.class);
        assertThat(source(database.source().with("database.hostname", "no-such-host.invalid"))
                        .get("DnsResolution"))
                .isEqualTo(new Failed("the name of the host is not known"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "fe80::1", "100.100.100.200", "fd00:ec2::254"})
    void where_clouds_tell_credentials_nobody_is_sent(String host) {
        Config source = database.source().with("database.hostname", host);
        assertThat(source(source).get("DnsResolution")).isInstanceOf(Failed.class);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> SYSTEMS.catalog(source)))
                .hasMessageContaining("is no database: its address is link-local, or of a cloud's metadata");
    }

    @Test
    void a_server_that_says_nothing_takes_bounded_time() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            long began = System.nanoTime();
            Map<String, Result> results =
                    source(database.source().with("database.port", Integer.toString(silent.getLocalPort())));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
            assertThat(results.get("Reachability")).isInstanceOf(Success.class);
            assertThat(results.get("Connection")).isInstanceOf(Failed.class);
        }
    }

    @Test
    void a_target_is_tried_for_what_has_to_be_made_there() {
        String user = database.newUser("");
        assertThat(sink(RealPostgres.ADMIN, "copy.${source.table}").values()).noneMatch(Failed.class::isInstance);
        assertThat(sink(user, "copy.${source.table}").get("CREATE"))
                .isEqualTo(new Failed("the schema copy is not there, and the user may not make it"));
        assertThat(sink(user, "${source.schema}.${source.table}").get("CREATE")).isInstanceOf(Warn.class);
        database.run("CREATE SCHEMA copy");
        assertThat(sink(user, "copy.${source.table}").get("CREATE"))
                .isEqualTo(new Failed("the user may not create tables in the schema copy"));
        database.run("GRANT ALL ON SCHEMA copy TO " + Sql.quoted(user));
        assertThat(sink(user, "copy.${source.table}").get("CREATE")).isInstanceOf(Success.class);
        database.run("ALTER ROLE " + Sql.quoted(user) + " SET default_transaction_read_only = on");
        assertThat(sink(user, "copy.${source.table}").get("read_only")).isInstanceOf(Failed.class);
    }

    @Test
    void of_a_database_without_a_driver_the_network_is_tried() {
        Map<String, Result> results =
                source(database.source().with("connector.class", "io.debezium.connector.db2.Db2Connector"));
        assertThat(results.get("Reachability")).isInstanceOf(Success.class);
        assertThat(results.get("Authentication")).isInstanceOf(Skipped.class);
    }

    private Map<String, Result> source(Config source) {
        return byName(SYSTEMS.checkSource(source));
    }

    private Map<String, Result> sink(String user, String format) {
        return byName(SYSTEMS.checkSink(database.sink(user, PASSWORD, format)));
    }

    private static Map<String, Result> byName(List<Check> checks) {
        Map<String, Result> results = new LinkedHashMap<>();
        for (Check check : checks) {
            String name = switch (check.test()) {
                case Permission permission -> permission.name();
                case Setup setup -> setup.name();
                default -> check.test().getClass().getSimpleName();
            };
            results.put(name, check.result());
        }
        return results;
    }
}
