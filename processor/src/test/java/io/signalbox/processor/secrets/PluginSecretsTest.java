package io.signalbox.processor.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.signalbox.processor.domain.ClusterKey;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PluginSecretsTest {

    private static final ClusterKey LOCAL = new ClusterKey("default", "local");

    private static final String TYPED = "producer.override.ssl.truststore.certificates";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> worker = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private final PluginSecrets plugins = new PluginSecrets(
            (cluster, plugin) -> {
                asked.add(plugin);
                return Optional.ofNullable(worker.get(plugin));
            },
            PATIENCE,
            clock::get);

    @Test
    void all_plugins_of_a_config_are_asked_once() throws Exception {
        worker.put("Jdbc", settings("pin:PASSWORD", "topic:STRING"));
        worker.put("Avro", settings("user:PASSWORD"));
        worker.put("Mask", settings("salt:PASSWORD"));
        var config = Map.of(
                "connector.class",
                "Jdbc",
                "value.converter",
                "Avro",
                "transforms",
                "a, b",
                "transforms.a.type",
                "Mask");
        for (int i = 0; i < 3; i++) {
            assertThat(plugins.of(LOCAL, config).orElseThrow())
                    .contains("pin", "value.converter.user", "transforms.a.salt", TYPED)
                    .doesNotContain("topic");
        }
        assertThat(asked).containsExactlyInAnyOrder("Jdbc", "Avro", "Mask");
    }

    @Test
    void one_that_cannot_be_asked_is_left_alone_for_a_while() {
        var config = Map.of("connector.class", "Jdbc");
        assertThat(plugins.of(LOCAL, config)).isEmpty();
        assertThat(plugins.of(LOCAL, config)).isEmpty();
        assertThat(asked).containsExactly("Jdbc");
    }

    @Test
    void what_a_plugin_said_holds_until_it_can_be_asked_again() throws Exception {
        var config = Map.of("connector.class", "Jdbc");
        worker.put("Jdbc", settings("pin:PASSWORD"));
        assertThat(plugins.of(LOCAL, config).orElseThrow()).contains("pin");
        worker.clear();
        // When an answer begins to grow old is not known to who has it.
        await().untilAsserted(() -> {
            clock.addAndGet(Duration.ofMinutes(11).toNanos());
            assertThat(plugins.of(LOCAL, config).orElseThrow()).contains("pin");
            assertThat(asked).hasSizeGreaterThan(1);
        });
        worker.put("Jdbc", settings("puk:PASSWORD"));
        assertThat(plugins.of(LOCAL, config).orElseThrow()).contains("pin");
        await().untilAsserted(() -> {
            clock.addAndGet(Duration.ofSeconds(11).toNanos());
            assertThat(plugins.of(LOCAL, config).orElseThrow()).contains("puk").doesNotContain("pin");
        });
    }

    @Test
    void all_who_wait_for_plugins_that_do_not_answer_wait_once() {
        var never = new CountDownLatch(1);
        var hung = new PluginSecrets(
                (cluster, plugin) -> {
                    asked.add(plugin);
                    return plugin.equals("Quick") ? Optional.of(JSON.createArrayNode()) : silence(never);
                },
                Duration.ofMillis(200));
        var config = Map.of("connector.class", "Slow", "key.converter", "Slower", "value.converter", "Slowest");
        Callable<Optional<Set<String>>> ask = () -> hung.of(LOCAL, config);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var answers = threads.invokeAll(Collections.nCopies(100, ask));
                assertThat(answers)
                        .allSatisfy(answer -> assertThat(answer.get()).isEmpty());
            }
            assertThat(hung.of(LOCAL, Map.of("connector.class", "Quick"))).isPresent();
        });
        never.countDown();
        assertThat(asked).containsExactlyInAnyOrder("Slow", "Slower", "Slowest", "Quick");
    }

    private static Optional<JsonNode> silence(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    @Test
    void an_unknown_plugin_has_no_secrets_and_only_connect_can_say_that_it_is_unknown() {
        assertThat(PluginSecrets.settings(404, error("Unknown plugin NoSuch."))
                        .map(PluginSecrets::passwords)
                        .orElseThrow())
                .isEmpty();
        assertThat(PluginSecrets.settings(404, error("HTTP 404 Not Found"))).isEmpty();
        assertThat(PluginSecrets.settings(404, MissingNode.getInstance())).isEmpty();
        for (int status : new int[] {400, 409, 500, 503}) {
            assertThat(PluginSecrets.settings(status, error("Unknown plugin, or something else")))
                    .as("%d", status)
                    .isEmpty();
        }
        assertThat(PluginSecrets.settings(200, error("a proxy's"))).isEmpty();
    }

    private static JsonNode error(String message) {
        return JSON.createObjectNode().put("message", message);
    }

    private static JsonNode settings(String... all) throws Exception {
        var list = JSON.createArrayNode();
        for (String each : all) {
            list.addObject().put("name", each.split(":")[0]).put("type", each.split(":")[1]);
        }
        return list;
    }
}
