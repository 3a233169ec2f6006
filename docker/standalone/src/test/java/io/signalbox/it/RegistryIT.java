package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.schemas.KnownIds;
import io.signalbox.schemas.SchemaRegistrar;
import io.signalbox.standalone.Dist;
import io.signalbox.standalone.Http;
import io.signalbox.standalone.Ports;
import io.signalbox.standalone.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The records in Kafka carry ids that the registry gave out, so it must never forget or renumber one. */
class RegistryIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int REPLICAS = 3;

    @TempDir
    Path home;

    @Test
    void schema_ids_survive_a_crash_and_a_restart_on_another_port() throws Exception {
        int first;
        int second;
        try (Registry registry = new Registry(Dist.locate(), home, Ports.freePort())) {
            registry.startAndAwait();
            first = register(registry, "first");
            registry.stop();
            registry.startAndAwait();
            second = register(registry, "second");
            registry.kill9();
        }
        try (Registry registry = new Registry(Dist.locate(), home, Ports.freePort())) {
            registry.startAndAwait();
            assertThat(schema(registry, first)).contains("first");
            assertThat(schema(registry, second)).contains("second");
            assertThat(register(registry, "first")).isEqualTo(first);
            assertThat(register(registry, "third")).isNotIn(first, second);
        }
    }

    /** Apicurio refuses what somebody else has set in the meantime. */
    @Test
    void replicas_that_start_together_do_not_fail_each_other() throws Exception {
        try (Registry registry = new Registry(Dist.locate(), home, Ports.freePort());
                var threads = Executors.newFixedThreadPool(REPLICAS)) {
            registry.startAndAwait();
            List<Future<?>> started = new ArrayList<>();
            for (int replica = 0; replica < REPLICAS; replica++) {
                var own = new SchemaRegistrar(new KnownIds(registry.url(), Map.of()), "together");
                started.add(threads.submit(own::ensure));
            }
            for (Future<?> each : started) {
                each.get();
            }
            String subject = "together.commands-io.signalbox.command.CreateConnector";
            assertThat(Http.get(registry.url() + "/config/" + subject).body()).contains("\"FULL_TRANSITIVE\"");
        }
    }

    private static int register(Registry registry, String name) throws IOException, InterruptedException {
        String schema = """
                {"type": "record", "name": "%s", "fields": []}""".formatted(name);
        String body = JSON.writeValueAsString(Map.of("schema", schema));
        String answer = Http.post(registry.url() + "/subjects/" + name + "/versions", body)
                .body();
        return JSON.readTree(answer).required("id").intValue();
    }

    private static String schema(Registry registry, int id) throws IOException, InterruptedException {
        return Http.get(registry.url() + "/schemas/ids/" + id).body();
    }
}
