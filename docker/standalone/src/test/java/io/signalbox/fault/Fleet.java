package io.signalbox.fault;

import io.signalbox.it.RealParts;
import io.signalbox.standalone.Replica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Three replicas that belong together, the way to them, and what one can do to them. */
final class Fleet implements AutoCloseable {

    static final int REPLICAS = 3;
    static final int PARTITIONS = Integer.getInteger("fault.partitions", 6);

    /** Begins the properties that are settings of all replicas: {@code -Dfault.with.session.timeout.ms=10000}. */
    private static final String SETTING = "fault.with.";

    private static final Duration LIMIT = Duration.ofSeconds(240);

    private final RealParts parts;
    private final List<Replica> replicas;
    private final Doors doors;

    /** @param prefix of its topics */
    Fleet(RealParts parts, String prefix) {
        this.parts = parts;
        Map<String, String> settings = new HashMap<>(Map.of(
                "topic.partitions",
                Integer.toString(PARTITIONS),
                "session.timeout.ms",
                "6000",
                "shutdown.drain.ms",
                "2000"));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(SETTING))
                .forEach(name -> settings.put(name.substring(SETTING.length()), System.getProperty(name)));
        replicas = Stream.generate(() -> parts.newReplica(prefix, settings, HeldReplica.class))
                .limit(REPLICAS)
                .toList();
        doors = new Doors(replicas.stream().map(Replica::url).toList());
    }

    void start() throws InterruptedException {
        for (Replica each : replicas) {
            each.start();
        }
        for (Replica each : replicas) {
            each.awaitReady(LIMIT);
        }
    }

    /** Until all are ready, and each partition has an owner and a copy elsewhere. */
    void awaitWhole() {
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(500)).until(this::missing, List::isEmpty);
    }

    /** What there is not yet, in words. */
    private List<String> missing() throws InterruptedException {
        List<String> missing = new ArrayList<>();
        if (!doors.allOpen()) {
            missing.add("ready replicas");
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int owners = 0;
            int copies = 0;
            for (Replica each : replicas) {
                boolean owns = holds(each, partition, false);
                owners += owns ? 1 : 0;
                copies += !owns && holds(each, partition, true) ? 1 : 0;
            }
            if (owners == 0) {
                missing.add("an owner of partition " + partition);
            }
            if (copies == 0) {
                missing.add("a copy of partition " + partition);
            }
        }
        return missing;
    }

    private boolean holds(Replica replica, int partition, boolean copy) throws InterruptedException {
        try {
            String path = "/internal/v1/connectors?cluster=default%2Faway&limit=1&text=&partition=" + partition;
            return internal(replica, path + (copy ? "&standby=true" : "&position=0&patience=1"))
                            .statusCode()
                    == 200;
        } catch (IOException away) {
            return false;
        }
    }

    private HttpResponse<String> internal(Replica replica, String path) throws IOException, InterruptedException {
        return doors.send(HttpRequest.newBuilder(URI.create(replica.url() + path))
                .timeout(Duration.ofSeconds(5))
                .header("Signalbox-Internal", parts.internalSecret())
                .build());
    }

    /** Those whose owner it is now. */
    Set<Integer> partitionsOf(Replica replica) throws InterruptedException {
        Set<Integer> owned = new HashSet<>();
        for (int partition : IntStream.range(0, PARTITIONS).toArray()) {
            if (holds(replica, partition, false)) {
                owned.add(partition);
            }
        }
        return owned;
    }

    /** Registers it with all its worker's doings left alone but for what is asked for here. */
    void register(String cluster, String worker) throws IOException, InterruptedException {
        String body = History.JSON.writeValueAsString(
                Map.of("workers", List.of(worker), "policies", Map.of("unmanaged", "report")));
        HttpResponse<String> answer = doors.send(HttpRequest.newBuilder(URI.create(
                        replicas.getFirst().url() + "/signalbox/v1/environments/default/clusters/" + cluster))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body))
                .build());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.body());
        }
    }

    /** The one that has stopped for the command of this id, as soon as one has. */
    Replica held(String id) {
        return Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> replicas.stream()
                                .filter(each -> says(each, HeldReplica.line(id)))
                                .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }

    private static boolean says(Replica replica, String line) {
        try (Stream<String> lines = Files.lines(replica.child().log())) {
            return lines.anyMatch(line::equals);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process goes on existing, and does nothing any more. */
    void freeze(Replica replica) throws IOException, InterruptedException {
        signal("STOP", replica);
    }

    void thaw(Replica replica) throws IOException, InterruptedException {
        signal("CONT", replica);
    }

    private static void signal(String name, Replica replica) throws IOException, InterruptedException {
        String pid = Long.toString(replica.child().pid());
        int exit =
                new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException("kill -" + name + " ended with " + exit);
        }
    }

    List<Replica> replicas() {
        return replicas;
    }

    Doors doors() {
        return doors;
    }

    @Override
    public void close() {
        doors.close();
        replicas.forEach(Replica::close);
    }
}
