package io.signalbox.api.dialect.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.api.live.LiveLimits;
import io.signalbox.api.openapi.Contract;
import io.signalbox.processor.domain.Command.CreateSecret;
import io.signalbox.processor.domain.Command.ReportFound;
import io.signalbox.processor.domain.Command.ReportSecretResealed;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.domain.TargetState;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stream of events as bytes on a connection. */
@Timeout(60)
class EventsTest {

    private static final String EVENTS = "/signalbox/v1/events";

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void an_event_is_an_id_and_one_line_of_json_and_the_first_id_is_there_before_the_first_event() throws Exception {
        try (var stream = new Caller("?from=now", "")) {
            assertThat(stream.head())
                    .contains("HTTP/1.1 200 OK")
                    .contains("Content-Type: text/event-stream")
                    .contains("Cache-Control: no-store");
            assertThat(stream.block()).matches(": signalbox\nretry: 1000\nid: [A-Za-z0-9_-]+\n");
            f.created("c");
            assertThat(stream.block())
                    .matches("id: [A-Za-z0-9_-]+\ndata: \\{\"id\":\"id-1-1\","
                            + "\"type\":\"io.signalbox.event.ConnectorCreated\",\"time\":\"2026-01-01T00:00:02Z\","
                            + "\"environment\":\"default\",\"cluster\":\"local\",\"connector\":\"c\",\"pipeline\":null,\"revision\":1,"
                            + "\"actor\":\"anonymous@127.0.0.1\",\"command_id\":\"id-1\",\"data\":\\{\"uid\":\"id-1\","
                            + "\"config\":\\{\"connector.class\":\"X\",\"name\":\"c\"},\"targetState\":\"RUNNING\","
                            + "\"type\":\"SOURCE\",\"validated\":true,\"replaces\":null,\"offsets\":null,"
                            + "\"undeletes\":null}}\n");
        }
    }

    @Test
    void who_comes_again_with_his_last_id_goes_on_behind_it_by_header_or_by_parameter() throws Exception {
        String id;
        try (var stream = new Caller("?from=beginning&type=ConnectorCreated", "")) {
            stream.block();
            f.created("a");
            id = id(stream.block());
        }
        f.created("b");
        for (var again : List.of(
                new Caller("?from=beginning&type=ConnectorCreated", "Last-Event-ID: " + id + "\r\n"),
                new Caller("?type=ConnectorCreated&last_event_id=" + id, ""))) {
            try (again) {
                assertThat(id(again.block())).isEqualTo(id);
                assertThat(again.block()).contains("\"connector\":\"b\"");
            }
        }
    }

    @Test
    void events_of_a_cluster_have_no_connector_and_a_filter_by_connector_leaves_them_out() throws Exception {
        try (var all = new Caller("?from=beginning&environment=lab", "");
                var some = new Caller("?from=beginning&environment=lab&connector=x", "")) {
            all.block();
            some.block();
            assertThat(all.block()).contains("ClusterRegistered", "\"connector\":null");
            f.post(Fixture.OTHER + "/connectors", "{\"name\":\"x\",\"config\":{\"connector.class\":\"X\"}}");
            assertThat(some.block()).contains("ConnectorCreated", "\"connector\":\"x\"");
        }
    }

    @Test
    void events_of_a_quota_have_no_cluster_and_a_filter_by_cluster_leaves_them_out() throws Exception {
        try (var all = new Caller("?from=now&environment=default", "");
                var some = new Caller("?from=now&environment=default&cluster=local", "")) {
            all.block();
            some.block();
            f.put("/signalbox/v1/environments/default/quota", "{\"tasks\":{\"limit\":4}}");
            assertThat(all.block())
                    .contains(
                            "QuotaChanged",
                            "\"cluster\":null,\"connector\":null",
                            "\"data\":{\"connectors\":null,\"tasks\":4}");
            f.created("c");
            assertThat(some.block()).contains("ConnectorCreated");
        }
    }

    @Test
    void of_what_is_stored_it_is_told_that_it_was_and_not_what() throws Exception {
        var id = new SecretId("default", "local", "pg");
        try (var stream = new Caller("?from=now&cluster=local", "")) {
            stream.block();
            f.log.tell(id, new CreateSecret(Fixture.SEALER.seal(id, "canary"), Map.of("a", "b")));
            assertThat(stream.block())
                    .contains("SecretCreated", "\"connector\":null", "\"data\":{\"data\":\"[hidden]\"")
                    .doesNotContain("sealed:v1", "canary");
            f.log.tell(
                    id, new ReportSecretResealed(List.of(Fixture.SEALER.seal(id, "canary")), List.of("sealed:v1:1:x")));
            assertThat(stream.block()).contains("SecretResealed").doesNotContain("sealed:v1");
        }
    }

    @Test
    void no_secret_is_told() throws Exception {
        var config = Config.of(Map.of(
                "connector.class", "X",
                "connection.password", "canary-1",
                "anything.else", "canary-2",
                "connection.url", "jdbc:postgresql://me:canary-3@db/x",
                "from.a.file", "${file:/etc/secrets:password}"));
        var failed = new ConnectorStatus(
                RunState.FAILED,
                "w:8083",
                null,
                "Boom: cannot reach jdbc:x://me:canary-4@db with password=canary-5 and token: 'canary 6'\n\tat X",
                ConnectorType.SINK,
                List.of());
        try (var stream = new Caller("?connector=s", "")) {
            stream.block();
            f.log.tell(Fixture.LOCAL.connector("s"), new ReportFound(true, config, TargetState.RUNNING, failed));
            String adopted = stream.block();
            String told = adopted + stream.block();
            assertThat(told)
                    .doesNotContain("canary")
                    .contains("\"connection.password\":\"[hidden]\"", "\"anything.else\":\"[hidden]\"")
                    .contains("\"from.a.file\":\"${file:/etc/secrets:password}\"", "\"connector.class\":\"X\"")
                    .contains("Boom: cannot reach jdbc:x://[hidden]@db with password=[hidden]");
        }
    }

    @Test
    void what_is_wrong_with_a_request_is_told_before_the_stream_begins() {
        bad("?from=then", "Illegal from: use now or beginning");
        bad("?last_event_id=x", "Illegal Last-Event-ID: ");
        bad("?last_event_id=AQMAAAAA", "Illegal Last-Event-ID: it was changed");
        bad("?conector=c", "Unrecognized query parameter");
        bad("?type=a%20b", "Illegal type");
        bad("?connector=", "Illegal connector");
        bad("?connector=" + "x".repeat(256), "Illegal connector");
        bad(
                "?connector="
                        + IntStream.range(0, 65).mapToObj(Integer::toString).collect(Collectors.joining(",")),
                "Illegal connector: use 64 values at most");
        assertThat(f.send("GET", EVENTS, null, "Last-Event-ID", "!").status()).isEqualTo(400);
        assertThat(f.send("GET", EVENTS, null, "Accept", "application/json").status())
                .isEqualTo(406);
        var head = f.send("HEAD", EVENTS, null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).startsWith("text/event-stream");
    }

    @Test
    void there_is_a_bound_on_streams_and_each_ends_with_its_caller() throws Exception {
        f.events.limit(LiveLimits.DEFAULT.with(1, 1));
        try (var first = new Caller("", "")) {
            first.block();
            var refused = f.get(EVENTS);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("5");
        }
        // A caller that is gone is noticed when something is told to him.
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            f.created("c" + System.nanoTime());
            try (var next = new Caller("", "")) {
                assertThat(next.head()).contains(" 200 ");
            }
        });
    }

    @Test
    void who_does_not_read_is_cut_off_and_the_others_get_everything() throws Exception {
        f.events.limit(new LiveLimits(8, 2, 64, 1 << 20, Duration.ofSeconds(30)));
        try (var reads = new Caller("?connector=c", "");
                var sleeps = new Caller("?connector=c", "")) {
            reads.block();
            sleeps.block();
            f.created("c");
            reads.block();
            int told = 0;
            String lastTold = "";
            while (f.events.cutOff() == 0) {
                lastTold = "event-" + told + "-";
                String padding = "x".repeat(8_000);
                String config = Stream.of("topics", "topics.regex", "transforms", "predicates", "key.converter")
                        .map(key -> ",\"" + key + "\":\"" + padding + "\"")
                        .collect(Collectors.joining());
                f.put("/connectors/c/config", "{\"connector.class\":\"" + lastTold + "\"" + config + "}");
                assertThat(reads.block()).contains(lastTold);
                told++;
            }
            assertThat(told).isPositive();
            String last = "";
            for (String block = sleeps.block(); block != null; block = sleeps.block()) {
                last = block;
            }
            assertThat(last).doesNotContain(lastTold);
        }
    }

    @Test
    void a_replica_that_stops_ends_its_streams_and_new_ones_at_once() throws Exception {
        try (var stream = new Caller("", "")) {
            stream.block();
            f.events.drain();
            assertThat(stream.block()).isNull();
        }
        var late = f.get(EVENTS);
        assertThat(late.status()).isEqualTo(200);
        assertThat(late.body()).startsWith(": signalbox\nretry: 1000\nid: ");
    }

    private void bad(String query, String message) {
        var reply = f.get(EVENTS + query);
        assertThat(reply.toString()).startsWith("400 ").contains(message);
    }

    private static String id(String block) {
        return block.lines()
                .filter(line -> line.startsWith("id: "))
                .findFirst()
                .orElseThrow()
                .substring(4);
    }

    /** A caller with a socket of its own, who reads when the test says; of a version of HTTP that knows no chunks. */
    private final class Caller implements AutoCloseable {
        private final Socket socket = new Socket();
        private final BufferedReader in;
        private final String head;

        Caller(String query, String headers) throws Exception {
            // So that who does not read is soon felt by who writes.
            socket.setReceiveBufferSize(8_192);
            socket.connect(new InetSocketAddress("127.0.0.1", f.port()));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String request = "GET " + EVENTS + query + " HTTP/1.0\r\nHost: localhost\r\n" + headers + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var read = new StringBuilder();
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                read.append(line).append('\n');
            }
            head = read.toString();
        }

        String head() {
            return head;
        }

        /** The lines up to an empty one; null at the end. */
        String block() throws Exception {
            var block = new StringBuilder();
            String data = null;
            for (String line = line(); line != null; line = line()) {
                if (line.isEmpty()) {
                    // Only now: the last line of one who was cut off may be half a line.
                    if (data != null) {
                        Contract.checkEvent(data);
                    }
                    return block.toString();
                }
                if (line.startsWith("data: ")) {
                    data = line.substring("data: ".length());
                }
                block.append(line).append('\n');
            }
            return null;
        }

        private String line() {
            try {
                return in.readLine();
            } catch (java.io.IOException reset) {
                return null;
            }
        }

        @Override
        public void close() throws java.io.IOException {
            socket.close();
        }
    }
}
