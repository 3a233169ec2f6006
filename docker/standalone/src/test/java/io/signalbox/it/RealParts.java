package io.signalbox.it;

import io.signalbox.standalone.Broker;
import io.signalbox.standalone.Dist;
import io.signalbox.standalone.InternalSecret;
import io.signalbox.standalone.Part;
import io.signalbox.standalone.Ports;
import io.signalbox.standalone.Registry;
import io.signalbox.standalone.Replica;
import io.signalbox.standalone.RunDirectory;
import io.signalbox.standalone.StandaloneException;
import io.signalbox.standalone.Training;
import io.signalbox.standalone.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A real broker, registry and Connect worker for all integration tests of one JVM: started on first use on free ports under
 * {@code target/it-1} or {@code it-2}, as there are two JVMs, stopped when the JVM ends. Tests keep apart by their own topic prefixes, application ids and connector
 * names. Whoever kills or stops a shared part starts it again before the test ends.
 */
public final class RealParts {

    /** What a start may take where others use the machine, too; how long one does take is the benchmark's to say. */
    public static final Duration START = Duration.ofSeconds(180);

    private final Dist dist = Dist.locate();
    private final FileChannel claim;
    private final Path home;
    private final List<Part> guests = new CopyOnWriteArrayList<>();
    private final Broker broker;
    private final Registry registry;
    private final Worker worker;

    private RealParts() {
        try {
            int number = 1;
            FileChannel free = claimed(number);
            while (free == null) {
                free = claimed(++number);
            }
            claim = free;
            home = place(number);
            RunDirectory.killLeftOvers(home);
            delete(home);
            RunDirectory.claim(home);
            train();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Ports ports = Ports.free();
        broker = new Broker(dist, home, ports.broker(), ports.controller(), Map.of());
        registry = new Registry(dist, home, ports.registry());
        worker = new Worker("worker", dist, home, broker.bootstrapServers(), ports.worker(), Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAll, "stop-real-parts"));
    }

    /** @return null when another JVM's parts live there */
    private FileChannel claimed(int number) throws IOException {
        var lock =
                FileChannel.open(Path.of(place(number) + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock.tryLock() == null) {
            lock.close();
            return null;
        }
        return lock;
    }

    private Path place(int number) {
        return dist.root().resolveSibling("it-" + number).toAbsolutePath();
    }

    /** The one system of this JVM, all of it ready. */
    public static RealParts shared() {
        return Holder.SHARED;
    }

    public Broker broker() {
        return broker;
    }

    public Registry registry() {
        return registry;
    }

    /** Kill it with {@link Worker#kill9()}, start it again with {@link Worker#startAndAwait()}. */
    public Worker worker() {
        return worker;
    }

    /** A directory that is empty when the first test of the JVM starts, and stays for a look after the last. */
    public Path directory(String name) {
        try {
            return Files.createDirectories(home.resolve("tests").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A worker of another Connect cluster, with its group and storage topics named after it. Not started yet. */
    public Worker newWorker(String name, Map<String, String> overrides) {
        Map<String, String> settings = new HashMap<>();
        settings.put("group.id", "connect-" + name);
        for (String storage : List.of("config", "offset", "status")) {
            settings.put(storage + ".storage.topic", "connect-" + name + "-" + storage);
        }
        settings.putAll(overrides);
        return guest(new Worker(name, dist, home, broker.bootstrapServers(), Ports.freePort(), settings));
    }

    /**
     * A Signalbox process on a free port; replicas with the same prefix belong together. Not started yet; the same object
     * can be stopped or killed and started again, and finds its state.
     *
     * @param prefix of its topics, and its application id
     * @param overrides settings of Signalbox on top
     */
    public Replica newReplica(String prefix, Map<String, String> overrides) {
        return guest(new Replica(dist, home, Ports.freePort(), settings(prefix, overrides)));
    }

    /** The same with a main class from the tests, which takes {@code --config FILE} like Signalbox itself. */
    public Replica newReplica(String prefix, Map<String, String> overrides, Class<?> main) {
        Path tests = dist.root().resolveSibling("test-classes");
        return guest(new Replica(dist, home, Ports.freePort(), settings(prefix, overrides), tests, main.getName()));
    }

    /** Stops what nobody asks any more, while the next test begins. */
    public void dismiss(Part guest) {
        Thread.ofPlatform().name("dismiss-" + guest.name()).start(guest::close);
    }

    /** What the replicas know each other by. */
    public String internalSecret() {
        try {
            return Files.readString(InternalSecret.in(home)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> settings(String prefix, Map<String, String> overrides) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("schema.registry.url", registry.url());
        settings.put("application.id", prefix);
        settings.put("topic.prefix", prefix);
        // Enough to be spread over replicas; each costs a start, and the broker, some twenty logs.
        settings.put("topic.partitions", "4");
        // Tests ask as often as they can, all from one address.
        settings.put("http.requests.per.second", "0");
        try {
            settings.put("internal.secret.file", InternalSecret.in(home).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.putAll(overrides);
        return settings;
    }

    /** Some hundred processes start faster for it; the few of a chosen test would not make up for it. */
    private void train() throws IOException {
        if (System.getProperty("it.test") == null) {
            try {
                Training.once(
                        dist, home.resolve("training"), home.resolve("logs").resolve("training.log"));
            } catch (StandaloneException e) {
                System.err.println("Processes start without archives: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private RealParts ready() {
        try {
            registry.start();
            broker.startAndAwait();
            worker.startAndAwait();
            registry.awaitReady(START);
            return this;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private <P extends Part> P guest(P part) {
        guests.add(part);
        return part;
    }

    private void stopAll() {
        guests.forEach(Part::close);
        List.of(worker, registry, broker).forEach(Part::close);
        try {
            claim.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    /** Starts the parts when the first test asks for them, and only once. */
    private static final class Holder {
        private static final RealParts SHARED = new RealParts().ready();
    }
}
