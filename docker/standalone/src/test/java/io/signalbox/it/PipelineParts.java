package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.processor.dataplane.systems.RealPostgres;
import io.signalbox.standalone.Replica;
import io.signalbox.standalone.Worker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** A replica and a worker of its own, which can be killed, and two PostgreSQL servers, with what a pipeline leaves on all of them. */
final class PipelineParts {

    private final RealParts parts = RealParts.shared();
    final RealPostgres source = new RealPostgres();
    final RealPostgres target = new RealPostgres();
    final Worker worker;
    final Replica replica;
    final Supermetal api;

    /** @param name of the worker's cluster, and of Signalbox's topics */
    PipelineParts(String name) throws InterruptedException {
        worker = parts.newWorker(name, WorkerAwayIT.QUICK);
        replica = parts.newReplica(name, SharedReplica.SMALL);
        api = new Supermetal(replica.url());
        worker.start();
        replica.startAndAwait();
        worker.awaitReady(RealParts.START);
        var registered = new Api(replica.url())
                .register("local", worker.url(), Map.of("poll_interval_ms", 500, "unmanaged", "report"));
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
    }

    /** At both ends; its user has to show a password. */
    void createDatabase(String name) {
        for (RealPostgres server : List.of(source, target)) {
            server.run(
                    "postgres",
                    "CREATE DATABASE " + name,
                    "CREATE ROLE " + name + " SUPERUSER LOGIN PASSWORD 'pa$$word of " + name + "'");
        }
    }

    /** What the seed of the contract sends, with a real host, user and database; and a placeholder for the id. */
    Map<String, Object> request(String database) {
        return request(database, Map.of("logical_replication", Map.of()));
    }

    Map<String, Object> request(String database, Map<String, Object> replication) {
        Map<String, Object> request = new TreeMap<>();
        request.put("id", "");
        request.put(
                "source",
                Map.of(
                        "postgres",
                        Map.of("connection", connection(source, database), "replication_type", replication)));
        request.put("sink", Map.of("postgres", Map.of("connection", connection(target, database))));
        return request;
    }

    /** The workers' own Kafka as a sink. */
    Map<String, Object> kafka(String topicNameTemplate) {
        return Map.of(
                "connection", Map.of("brokers", List.of(parts.broker().bootstrapServers())),
                "format", Map.of("debezium", Map.of("format_config", Map.of("value_serde", Map.of("json", Map.of())))),
                "topic_options", Map.of(),
                "topic_name_template", topicNameTemplate);
    }

    /** Of each change in a topic, in order: as Debezium says it, {@code c}, {@code r}, {@code u}, {@code d}. */
    List<String> operations(String topic) {
        return new Topics(parts)
                .all(topic).stream()
                        .filter(record -> record.value() != null)
                        .map(record -> Api.parsed(new String(record.value(), StandardCharsets.UTF_8))
                                .path("op")
                                .asText())
                        .toList();
    }

    private static Map<String, Object> connection(RealPostgres server, String database) {
        return Map.of(
                "host",
                RealPostgres.HOST,
                "port",
                server.port(),
                "user",
                database,
                "password",
                "pa$$word of " + database,
                "database",
                database);
    }

    /** Each thing that there is of a pipeline outside of Signalbox, by where it is. */
    List<String> remains(String id) {
        List<String> remains = new ArrayList<>(remainsInKafka(id));
        String slot = "supermetal_" + id.toLowerCase(Locale.ROOT).replace('-', '_');
        source.list("postgres", "SELECT slot_name FROM pg_replication_slots WHERE slot_name = '" + slot + "'")
                .forEach(each -> remains.add("slot " + each));
        source.list("postgres", "SELECT datname FROM pg_database WHERE NOT datistemplate")
                .forEach(database -> source.list(
                                database, "SELECT pubname FROM pg_publication WHERE pubname = '" + slot + "'")
                        .forEach(each -> remains.add("publication " + each)));
        return remains;
    }

    List<String> remainsInKafka(String id) {
        List<String> remains = new ArrayList<>();
        for (JsonNode name : new Api(worker.url()).get("/connectors").body()) {
            if (ours(name.asText(), id)) {
                remains.add("connector " + name.asText());
            }
        }
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", parts.broker().bootstrapServers()))) {
            new TreeSet<>(admin.listTopics().names().get())
                    .stream().filter(each -> ours(each, id)).forEach(each -> remains.add("topic " + each));
            admin.listGroups().all().get().stream()
                    .map(each -> each.groupId())
                    .filter(each -> ours(each, id))
                    .forEach(each -> remains.add("group " + each));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return remains;
    }

    private static boolean ours(String name, String id) {
        return name.matches(".*\\bsm\\.%s\\b.*".formatted(id));
    }

    void stop() throws InterruptedException {
        replica.stop();
        worker.stop();
        source.close();
        target.close();
    }
}
