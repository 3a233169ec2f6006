package io.signalbox.processor.dataplane.systems.mysql;

import static io.signalbox.processor.dataplane.systems.mysql.Database.PASSWORD;
import static io.signalbox.processor.dataplane.systems.mysql.Database.SYSTEMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.dataplane.systems.Check;
import io.signalbox.processor.dataplane.systems.Check.Result;
import io.signalbox.processor.dataplane.systems.Check.Result.Failed;
import io.signalbox.processor.dataplane.systems.Check.Result.Skipped;
import io.signalbox.processor.dataplane.systems.Check.Result.Success;
import io.signalbox.processor.dataplane.systems.Check.Result.Warn;
import io.signalbox.processor.dataplane.systems.Check.Test.Permission;
import io.signalbox.processor.dataplane.systems.Check.Test.ServerInfo;
import io.signalbox.processor.dataplane.systems.Check.Test.Setup;
import io.signalbox.processor.dataplane.systems.RealMariaDb;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.SystemException.Kind;
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
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is tried at a real MariaDB before it is used, and what is said of it. */
@Timeout(240)
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class ChecksTest {

    private final Database database = new Database();

    @Test
    void a_source_that_is_as_it_should_be_passes_all() {
        database.run("CREATE TABLE a (id int PRIMARY KEY)");

        Map<String, Result> results = source(database.source().with("database.ssl.mode", "disabled"));

        assertThat(results.keySet())
                .containsExactly(
                        "DnsResolution",
                        "Reachability",
                        "Connection",
                        "Authentication",
                        "Tls",
                        "ServerInfo",
                        "REPLICATION SLAVE",
                        "REPLICATION CLIENT",
                        "RELOAD",
                        "log_bin",
                        "binlog_format",
                        "binlog_row_image",
                        "server_id",
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
                                info -> assertThat(info.version()).contains("MariaDB")));
        assertThat(checks).isSortedAccordingTo((one, other) -> one.endedAt().compareTo(other.endedAt()));
    }

    @Test
    void what_a_user_lacks_is_told_by_name_with_what_helps() {
        String user = database.newUser();
        database.run("CREATE TABLE a (id int PRIMARY KEY)", "GRANT INSERT ON a TO '" + user + "'");
        Config source = database.source(user, PASSWORD);

        Map<String, Result> results = source(source);

        for (String right : List.of("REPLICATION SLAVE", "REPLICATION CLIENT", "RELOAD")) {
            assertThat(results.get(right)).isEqualTo(new Failed("the user has not the right " + right));
        }
        assertThat(results.get("SELECT")).isEqualTo(new Failed("the user may not read " + database.name + ".a"));
        SYSTEMS.checkSource(source).stream()
                .filter(each -> each.test() instanceof Permission)
                .flatMap(each -> ((Permission) each.test()).suggestions().stream())
                .forEach(database::run);
        assertThat(source(source).values()).noneMatch(Failed.class::isInstance);
    }

    @Test
    void a_server_whose_changes_cannot_be_followed_is_told_setting_by_setting() {
        try (RealMariaDb plain =
                new RealMariaDb(Map.of("log-bin", "", "binlog-format", "MIXED", "binlog-row-image", "MINIMAL"))) {
            Config source = database.source().with("database.port", Integer.toString(plain.port()));

            Map<String, Result> results = source(source);
            assertThat(results.get("log_bin")).isEqualTo(new Failed("log_bin is OFF, not ON"));
            assertThat(results.get("binlog_format")).isEqualTo(new Failed("binlog_format is MIXED, not ROW"));
            assertThat(results.get("binlog_row_image")).isEqualTo(new Failed("binlog_row_image is MINIMAL, not FULL"));
            assertThatThrownBy(() -> SYSTEMS.prepareSource(source, false))
                    .isInstanceOfSatisfying(
                            SystemException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                    .hasMessage("its changes cannot be followed: log_bin is OFF, not ON");
        }
    }

    @Test
    void tables_without_a_key_and_types_that_do_not_arrive_as_they_are_are_warned_of() {
        database.run("CREATE TABLE a (id int, g geometry)");

        Map<String, Result> results = source(database.source());

        assertThat(results.get("keys"))
                .isEqualTo(new Warn("not copied: " + database.name + ".a (it has no primary key)"));
        assertThat(results.get("types"))
                .isEqualTo(new Warn("may arrive changed, or stop the copy: " + database.name + ".a.g (geometry)"));
        assertThat(source(database.source().with("table.exclude.list", ".*")).get("tables"))
                .isInstanceOf(Warn.class);
    }

    @Test
    void a_wrong_password_fails_at_authentication_and_is_not_told() {
        Config source = database.source(database.newUser(), "wrong-password");
        List<Check> checks = SYSTEMS.checkSource(source);

        Map<String, Result> results = byName(checks);
        assertThat(results.get("Connection")).isInstanceOf(Success.class);
        assertThat(results.get("Authentication")).isInstanceOf(Failed.class);
        assertThat(results.get("ServerInfo")).isInstanceOf(Skipped.class);
        assertThat(checks.toString()).doesNotContain("wrong-password");
        assertThatThrownBy(() -> SYSTEMS.catalog(source))
                .isInstanceOfSatisfying(
                        SystemException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageContaining("Access denied")
                .hasMessageNotContaining("wrong-password")
                .hasNoCause();
    }

    @Test
    void where_encryption_is_demanded_and_not_offered_that_is_what_fails() {
        assertThat(source(database.source()).get("Tls")).isInstanceOf(Warn.class);
        for (String mode : List.of("required", "verify_identity")) {
            Map<String, Result> results = source(database.source().with("database.ssl.mode", mode));
            assertThat(results.get("Tls")).isInstanceOf(Failed.class);
            assertThat(results.get("Authentication")).isInstanceOf(Skipped.class);
        }
    }

    @Test
    void nobody_there_is_told_and_the_rest_not_tried() {
        Config away = database.source().with("database.port", "9");
        Map<String, Result> results = source(away);
        assertThat(results.get("Reachability")).isInstanceOf(Failed.class);
        assertThat(results.get("Connection")).isInstanceOf(Skipped.class);
        assertThatThrownBy(() -> SYSTEMS.prepareSource(away, false))
                .isInstanceOfSatisfying(
                        SystemException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
                .hasMessageStartingWith("127.0.0.1:9: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "fe80::1", "100.100.100.200", "fd00:ec2::254"})
    void where_clouds_tell_credentials_nobody_is_sent(String host) {
        Config source = database.source().with("database.hostname", host);
        assertThat(source(source).get("DnsResolution")).isInstanceOf(Failed.class);
        assertThatThrownBy(() -> SYSTEMS.catalog(source))
                .isInstanceOfSatisfying(
                        SystemException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageContaining("is no database: its address is link-local, or of a cloud's metadata");
    }

    @Test
    void a_server_that_says_nothing_takes_bounded_time() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            long began = System.nanoTime();
            Map<String, Result> results =
                    source(database.source().with("database.port", Integer.toString(silent.getLocalPort())));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
            assertThat(results.get("Reachability")).isInstanceOf(Success.class);
            assertThat(results.get("Connection")).isInstanceOf(Failed.class);
        }
    }

    private static Map<String, Result> source(Config source) {
        return byName(SYSTEMS.checkSource(source));
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
