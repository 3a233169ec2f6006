package io.signalbox.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** At a registry that gives each lookup another id. */
class KnownIdsTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger lost = new AtomicInteger();
    private HttpServer registry;
    private KnownIds ids;

    @BeforeEach
    void serve() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/subjects", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            if (asked.size() <= lost.get()) {
                return;
            }
            byte[] body = ("{\"subject\":\"s\",\"version\":1,\"id\":" + asked.size()
                            + ",\"schema\":\"\\\"string\\\"\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        registry.start();
        ids = client(Map.of());
    }

    private KnownIds client(Map<String, ?> settings) {
        return new KnownIds("http://127.0.0.1:" + registry.getAddress().getPort(), settings);
    }

    @AfterEach
    void stop() {
        registry.stop(0);
    }

    @Test
    void a_schema_is_asked_for_once_in_each_subject() throws Exception {
        Schema schema = record("One");
        for (int i = 0; i < 3; i++) {
            assertThat(ids.getId("a", parsed(schema), false)).isEqualTo(1);
            assertThat(ids.getId("b", parsed(schema), false)).isEqualTo(2);
        }
        assertThat(asked).containsExactly("/subjects/a", "/subjects/b");
    }

    @Test
    void another_schema_of_the_same_subject_has_an_id_of_its_own_and_neither_is_taken_for_the_other() throws Exception {
        Schema one = record("One");
        Schema other = record("Other");
        for (int i = 0; i < 3; i++) {
            assertThat(ids.getId("a", parsed(one), false)).isEqualTo(1);
            assertThat(ids.getId("a", parsed(other), false)).isEqualTo(2);
        }
        assertThat(asked).hasSize(2);
    }

    @Test
    void what_gets_no_answer_in_time_is_asked_again() throws Exception {
        lost.set(1);
        var hasty = client(Map.of("schema.registry.http.read.timeout.ms", 200));
        assertThat(hasty.getId("a", parsed(record("One")), false)).isEqualTo(2);
        assertThat(asked).containsExactly("/subjects/a", "/subjects/a");
    }

    private static ParsedSchema parsed(Schema schema) {
        return new AvroSchema(schema);
    }

    private static Schema record(String name) {
        return SchemaBuilder.record(name).fields().requiredString("text").endRecord();
    }
}
