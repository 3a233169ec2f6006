package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.standalone.Dist;
import io.signalbox.standalone.Ports;
import io.signalbox.standalone.Replica;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is missing or wrong when a replica starts: it waits for what may come, and refuses what an operator must mend. */
class StartIT {

    private static final String SETTINGS = """
            bootstrap.servers=127.0.0.1:9
            schema.registry.url=http://127.0.0.1:9
            """;

    private final RealParts parts = RealParts.shared();

    @TempDir
    Path home;

    @Test
    void without_a_broker_the_process_lives_says_what_it_waits_for_and_stops_when_told() throws Exception {
        Replica replica = parts.newReplica(
                "lonely", Map.of("bootstrap.servers", "127.0.0.1:" + Ports.freePort(), "topic.partitions", "3"));
        replica.start();
        var api = new Api(replica.url());
        awaitLive(api);
        await(() -> {
            Api.Answer ready = api.get("/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.body().path("waiting_for").path(0).asText()).contains("Kafka");
        });
        assertThat(api.get("/health").status()).isEqualTo(503);
        assertThat(replica.running()).isTrue();

        Instant begin = Instant.now();
        replica.stop();
        Promised.atMost(Duration.ofSeconds(5), Duration.between(begin, Instant.now()), "to stop");
        // 128 + SIGTERM: it ended by itself, nobody had to kill it.
        assertThat(replica.child().obituary()).contains("exit code 143");
    }

    @Test
    void a_topic_that_is_not_as_it_must_be_is_refused_by_name_and_setting() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", parts.broker().bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic("wrong.commands", 5, (short) 1),
                            new NewTopic("wrong.connectors", 3, (short) 1).configs(Map.of("cleanup.policy", "delete"))))
                    .all()
                    .get();
        }
        Replica replica = parts.newReplica("wrong", SharedReplica.SMALL);
        replica.start();
        var api = new Api(replica.url());
        awaitLive(api);
        String[] complaints = {
            "topic wrong.commands has 5 partitions instead of 3",
            "topic wrong.commands has message.timestamp.type=CreateTime instead of LogAppendTime",
            "topic wrong.connectors has cleanup.policy=delete instead of compact"
        };
        await(() -> {
            Api.Answer ready = api.get("/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.body().path("waiting_for").path(0).asText()).contains(complaints);
            assertThat(replica.child().log()).content().contains(complaints);
        });
        assertThat(replica.running()).isTrue();
        replica.stop();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http.port=many|http.port",
                "topic.partitions=0|topic.partitions",
                "topic.partitions=|topic.partitions",
                "advertised.url=nowhere|advertised.url",
                "default.cluster=a b|default.cluster",
                "internal.secret.file=missing.secret|missing.secret",
                "internal.keystore.file=missing.p12|internal.port",
                "connect.ssl.truststore.location=missing.p12|connect.ssl.truststore.location",
                "secrets.keyset.file=|--new-keyset",
                "secrets.keyset.file=missing.json|missing.json"
            })
    void a_wrong_setting_is_named_in_one_line(String setting, String named) throws Exception {
        assertThat(signalbox(config(SETTINGS + "http.port=0\n" + setting)))
                .singleElement()
                .asString()
                .startsWith("signalbox: ")
                .contains(named);
    }

    @Test
    void a_missing_setting_is_named_in_one_line() throws Exception {
        assertThat(signalbox(config("http.port=0")))
                .singleElement()
                .asString()
                .startsWith("signalbox: ")
                .contains("bootstrap.servers");
    }

    @Test
    void a_config_file_that_cannot_be_read_is_named_in_one_line() throws Exception {
        Path nowhere = home.resolve("nowhere.properties");
        assertThat(signalbox(nowhere))
                .singleElement()
                .asString()
                .startsWith("signalbox: ")
                .contains(nowhere.toString());
    }

    @Test
    void a_taken_port_is_named_in_one_line() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());
            List<String> output = signalbox(config(SETTINGS + "http.port=" + port));
            // The Kafka clients may have said by then that this broker is not there.
            assertThat(output).noneMatch(line -> line.startsWith("\tat "));
            assertThat(output)
                    .filteredOn(line -> line.startsWith("signalbox: "))
                    .singleElement()
                    .asString()
                    .contains("Port " + port + " is taken", "http.port");
        }
    }

    private Path config(String settings) throws Exception {
        return Files.writeString(home.resolve("signalbox.properties"), settings);
    }

    /** Runs it to its end, which has to be exit code 1. */
    private List<String> signalbox(Path config) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-Xmx128m", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", Dist.locate().signalboxClassPath(), "io.signalbox.api.Signalbox"));
        command.addAll(List.of("--config", config.toString()));
        Path log = home.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            String output = Files.readString(log, StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(output).isEqualTo(1);
            return output.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void awaitLive(Api api) {
        await(() -> assertThat(api.get("/health/live").status()).isEqualTo(200));
    }

    private static void await(Runnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreException(IllegalStateException.class)
                .untilAsserted(assertion::run);
    }
}
