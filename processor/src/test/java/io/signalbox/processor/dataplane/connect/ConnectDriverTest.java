package io.signalbox.processor.dataplane.connect;

import static io.signalbox.processor.dataplane.FakeAnswer.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.processor.dataplane.Driver;
import io.signalbox.processor.dataplane.DriverException;
import io.signalbox.processor.dataplane.DriverException.Kind;
import io.signalbox.processor.dataplane.FakeAnswer;
import io.signalbox.processor.dataplane.FakeWorker;
import io.signalbox.processor.dataplane.Observed;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectDriverTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(20), LONG, 4_096);
    private static final Config CONFIG = Config.of(Map.of("name", "c", "connector.class", "X"));

    private final FakeWorker worker = new FakeWorker();
    private final ConnectDrivers drivers = new ConnectDrivers(LIMITS, WorkerTls.DEFAULT, AllowedWorkers.ANY);
    private final Driver driver = driver(worker.url());

    @AfterEach
    void close() {
        drivers.close();
        worker.close();
    }

    @ParameterizedTest
    @CsvSource({
        "orders,orders",
        "a b,a%20b",
        "a+b,a%2Bb",
        "s/p,s%2Fp",
        "50%,50%25",
        "Ärger…,%C3%84rger%E2%80%A6",
        "x?y#z,x%3Fy%23z",
        ".,%2E",
        "..,%2E%2E"
    })
    void a_name_is_one_path_segment(String name, String encoded) {
        worker.put(name, Map.of("name", name), "RUNNING");
        assertThat(driver.status(name)).isPresent();
        assertThat(worker.requests()).containsExactly("GET /connectors/" + encoded + "/status");
    }

    @Test
    void what_is_created_is_observed_and_what_is_deleted_is_absent() {
        driver.create("c", CONFIG, TargetState.STOPPED);
        var observed = driver.observe("c");
        assertThat(observed.config()).isEqualTo(CONFIG);
        assertThat(observed.status().state()).isEqualTo(RunState.STOPPED);
        assertThat(observed.status().type()).isEqualTo(ConnectorType.SOURCE);
        driver.resume("c");
        assertThat(driver.statuses().get("c").tasks()).hasSize(1);
        assertThat(driver.configs()).isEqualTo(Map.of("c", CONFIG));
        assertThat(driver.names()).containsExactly("c");
        driver.delete("c");
        driver.delete("c");
        assertThat(driver.observe("c")).isEqualTo(Observed.ABSENT);
    }

    @Test
    void versions_keep_the_difference_between_unsaid_and_null() {
        answer(
                200,
                "{\"connector\":{\"state\":\"RUNNING\",\"worker_id\":\"w\",\"version\":null},\"tasks\":["
                        + "{\"id\":1,\"state\":\"RUNNING\",\"worker_id\":\"w\"},"
                        + "{\"id\":0,\"state\":\"FAILED\",\"worker_id\":\"w\",\"version\":\"1\",\"trace\":\"boom\"}],"
                        + "\"type\":\"sink\"}");
        var status = driver.status("c").orElseThrow();
        assertThat(status.version()).isEmpty();
        assertThat(status.tasks()).extracting("id").containsExactly(0, 1);
        assertThat(status.tasks()).extracting("version").containsExactly("1", null);
        assertThat(status.tasks()).extracting("trace").containsExactly("boom", null);
    }

    /** Seen on a real worker: the same as its 409, under another number. */
    @ParameterizedTest
    @CsvSource({
        "Request cannot be completed because a rebalance is expected,BUSY",
        "Worker is shutting down,BUSY",
        "Request timed out. The worker is currently starting,BROKEN"
    })
    void a_500_that_says_that_nothing_was_done_is_busy(String message, Kind kind) {
        worker.lie((method, path) -> error(500, message));
        assertThat(failure(() -> driver.restart("c", false, false)).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"409,BUSY", "429,BUSY", "400,REFUSED", "401,REFUSED", "500,BROKEN", "503,BROKEN"})
    void an_error_is_of_one_of_four_kinds(int status, Kind kind) {
        worker.lie((method, path) -> error(status, "why"));
        var failure = failure(() -> driver.putConfig("c", CONFIG));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure).hasMessage("why");
        assertThat(failure.worker()).isEqualTo("127.0.0.1:" + worker.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>404</html>", "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}"})
    void a_404_that_is_not_about_the_connector_does_not_make_it_absent(String body) {
        answer(404, body);
        assertThat(failure(() -> driver.observe("c")).kind()).isEqualTo(Kind.BROKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":\"c\",\"config\":{\"na", "", "[]", "{\"config\":3}", "<html>"})
    void half_an_answer_is_broken(String body) {
        answer(200, body);
        assertThat(failure(() -> driver.observe("c")).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void one_connector_that_cannot_be_read_does_not_hide_the_others() {
        answer(
                200,
                "{\"odd\":{\"status\":{\"connector\":{\"state\":\"DANCING\"}}},\"gone\":{\"status\":null},"
                        + "\"good\":{\"status\":{\"connector\":{\"state\":\"RUNNING\"},\"tasks\":[]}}}");
        assertThat(driver.statuses()).containsOnlyKeys("good");
    }

    @Test
    void an_answer_beyond_the_limit_is_broken_off() {
        answer(200, "\"" + "x".repeat(5_000) + "\"");
        assertThat(failure(() -> driver.about(LONG))).hasMessageContaining("larger than 4096 bytes");
    }

    @Test
    void a_hanging_worker_is_waited_for_as_long_as_said() {
        worker.lie((method, path) -> FakeAnswer.never());
        var failure = failure(() -> driver.validate("X", Map.of(), Duration.ofMillis(100)));
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
        assertThat(failure).hasMessage("No answer within 100 ms");
    }

    @Test
    void the_next_worker_is_asked_when_one_is_away_and_then_first() {
        var gone = new FakeWorker();
        gone.close();
        var two = driver("http://127.0.0.1:" + gone.port(), worker.url() + "/");
        assertThat(two.about(LONG).ok()).isTrue();
        assertThat(two.about(LONG).worker()).isEqualTo("127.0.0.1:" + worker.port());
        assertThat(worker.requests()).containsExactly("GET /", "GET /");
    }

    @Test
    void nobody_there_and_no_legal_address_are_unreachable() {
        var gone = new FakeWorker();
        gone.close();
        assertThat(failure(() -> driver(gone.url()).about(LONG)).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure(() -> driver("ftp://x", "::", "http://u:p@h").about(LONG))
                        .kind())
                .isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void the_worker_s_echo_of_a_config_is_left_out() {
        worker.lie((method, path) ->
                error(400, "Connector config {name=a, password={canary}} contains no connector type"));
        assertThat(failure(() -> driver.putConfig("c", CONFIG)))
                .hasMessage("Connector config contains no connector type");
    }

    @Test
    void offsets_come_in_an_order_that_does_not_change() {
        worker.put("c", Map.of(), "STOPPED");
        assertThat(driver.offsets("c", LONG))
                .isEqualTo("[{\"partition\":{\"a\":1},\"offset\":{}},{\"partition\":{\"b\":1},\"offset\":{}}]");
    }

    @Test
    void changed_offsets_are_answered_in_the_worker_s_words() {
        worker.put("c", Map.of(), "STOPPED");
        String offsets = "[{\"partition\":{\"ä\":1},\"offset\":null}]";
        assertThat(driver.alterOffsets("c", offsets))
                .isEqualTo("The offsets for this connector have been altered successfully");
        assertThat(worker.offsets("c")).isEqualTo(offsets);
        assertThat(driver.resetOffsets("c")).isEqualTo("The offsets for this connector have been reset successfully");
        assertThat(worker.requests()).containsExactly("PATCH /connectors/c/offsets", "DELETE /connectors/c/offsets");
        answer(200, "{}");
        assertThat(failure(() -> driver.resetOffsets("c")).kind()).isEqualTo(Kind.BROKEN);
    }

    @Test
    void what_is_passed_on_keeps_status_and_body() {
        answer(400, "{\"error_code\":400,\"message\":\"no\"}");
        var reply = driver.validate("a.B", Map.of("k", "v"), LONG);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().path("message").asText()).isEqualTo("no");
        assertThat(worker.requests()).containsExactly("PUT /connector-plugins/a.B/config/validate");
    }

    @Test
    void what_is_passed_on_is_asked_for_as_the_caller_wrote_it() {
        driver.topics("a b", LONG);
        driver.resetTopics("c", LONG);
        driver.pluginConfig("a.B$C", null, LONG);
        driver.pluginConfig("X", "[1,2)", LONG);
        driver.logger("root", LONG);
        driver.setLogger("a/b", Map.of("level", "DEBUG"), null, LONG);
        driver.setLogger("root", Map.of("level", "DEBUG"), "cluster&x", LONG);
        assertThat(worker.requests())
                .containsExactly(
                        "GET /connectors/a%20b/topics",
                        "PUT /connectors/c/topics/reset",
                        "GET /connector-plugins/a.B%24C/config",
                        "GET /connector-plugins/X/config?version=%5B1%2C2%29",
                        "GET /admin/loggers/root",
                        "PUT /admin/loggers/a%2Fb",
                        "PUT /admin/loggers/root?scope=cluster%26x");
    }

    @Test
    void loggers_are_those_of_the_first_worker_that_can_be_reached() {
        var gone = new FakeWorker();
        gone.close();
        try (var other = new FakeWorker()) {
            var three = driver(gone.url(), worker.url(), other.url());
            worker.lie((method, path) -> path.endsWith("/topics") ? FakeAnswer.never() : null);
            failure(() -> three.topics("c", Duration.ofMillis(100)));
            assertThat(three.topics("c", LONG).worker())
                    .as("preferred from now on")
                    .isEqualTo("127.0.0.1:" + other.port());
            assertThat(three.loggers(LONG).worker()).isEqualTo("127.0.0.1:" + worker.port());
            assertThat(three.logger("root", LONG).worker()).isEqualTo("127.0.0.1:" + worker.port());
        }
    }

    @Test
    void a_name_in_white_space_keeps_it() {
        driver.create(" c ", CONFIG, TargetState.STOPPED);
        assertThat(worker.requests()).containsExactly("PUT /connectors/%20c%20/config");
        assertThat(worker.state(" c ")).isEqualTo("RUNNING");
    }

    @Test
    void restarts_say_what_they_include() {
        worker.put("c", Map.of(), "RUNNING");
        driver.restart("c", true, false);
        driver.restartTask("c", 3);
        assertThat(worker.requests())
                .containsExactly(
                        "POST /connectors/c/restart?includeTasks=true&onlyFailed=false",
                        "POST /connectors/c/tasks/3/restart");
    }

    @Test
    void a_password_is_read_where_its_reference_leads_and_again_when_it_is_rejected(@TempDir Path dir)
            throws IOException {
        Path file = Files.writeString(dir.resolve("secrets.properties"), "connect=first\n");
        var guarded = drivers.open(new ClusterSpec(
                List.of(worker.url()), "me", "${file:" + file + ":connect}", ClusterSpec.Policies.DEFAULT));
        guarded.about(LONG);
        Files.writeString(file, "connect=second\n");
        worker.lie((method, path) ->
                worker.authorizations().getLast().equals(basic("me:second")) ? null : error(401, "no"));
        assertThat(guarded.about(LONG).ok()).isTrue();
        assertThat(worker.authorizations()).containsExactly(basic("me:first"), basic("me:first"), basic("me:second"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary", "${env:SIGNALBOX_NO_SUCH_VARIABLE}", "${file:/no/such/file:key}", "${dir:a:b}"})
    void a_password_that_cannot_be_resolved_is_said_and_not_shown(String password) {
        var guarded =
                drivers.open(new ClusterSpec(List.of(worker.url()), "me", password, ClusterSpec.Policies.DEFAULT));
        assertThatThrownBy(() -> guarded.about(LONG))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("password")
                .hasMessageNotContaining("canary");
        assertThat(worker.requests()).isEmpty();
    }

    /** Whoever answers for a worker must not be able to send a replica elsewhere, with the worker's password. */
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_is_not_followed(int status) {
        try (var elsewhere = new FakeWorker()) {
            worker.lie((method, path) ->
                    new FakeAnswer(status, "", false, false, Map.of("Location", elsewhere.url() + "/connectors")));
            var failure = failure(() -> driver.putConfig("c", CONFIG));
            assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
            assertThat(failure).hasMessageContaining("redirects are not followed");
            assertThat(failure(driver::names).kind()).isEqualTo(Kind.BROKEN);
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void a_worker_that_is_not_allowed_is_not_asked_and_another_one_is() {
        try (var strict = new ConnectDrivers(
                LIMITS, WorkerTls.DEFAULT, AllowedWorkers.of(List.of("127.0.0.1:" + worker.port())))) {
            try (var other = new FakeWorker()) {
                assertThat(strict.open(spec(other.url(), worker.url())).names()).isEmpty();
                var refused = failure(() -> strict.open(spec(other.url())).names());
                assertThat(refused.kind()).isEqualTo(Kind.UNREACHABLE);
                assertThat(refused).hasMessageContaining("clusters.urls.allowed");
                assertThat(other.requests()).isEmpty();
            }
        }
    }

    private Driver driver(String... urls) {
        return drivers.open(spec(urls));
    }

    private static ClusterSpec spec(String... urls) {
        return new ClusterSpec(List.of(urls), null, null, ClusterSpec.Policies.DEFAULT);
    }

    private void answer(int status, String body) {
        worker.lie((method, path) -> new FakeAnswer(status, body, false, false));
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static DriverException failure(ThrowingCallable call) {
        return catchThrowableOfType(DriverException.class, call);
    }
}
