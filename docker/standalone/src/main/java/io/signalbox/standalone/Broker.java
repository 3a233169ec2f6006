package io.signalbox.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** Kafka's own server: one KRaft node, broker and controller in one process. */
public final class Broker extends Part {

    private final Dist dist;
    private final int port;
    private final int controllerPort;
    private final Map<String, String> overrides;

    /** @param overrides broker settings on top of ours */
    public Broker(Dist dist, Path home, int port, int controllerPort, Map<String, String> overrides) {
        super("broker", home);
        this.dist = dist;
        this.port = port;
        this.controllerPort = controllerPort;
        this.overrides = Map.copyOf(overrides);
    }

    public String bootstrapServers() {
        return bootstrapServers(port);
    }

    static String bootstrapServers(int port) {
        return "127.0.0.1:" + port;
    }

    @Override
    public String address() {
        return bootstrapServers();
    }

    @Override
    JavaCommand command() throws IOException {
        Path config = writeProperties(settings());
        if (!Files.exists(data().resolve("meta.properties"))) {
            format(config);
        }
        return kafka(512, List.of("kafka.Kafka", config.toString()));
    }

    @Override
    boolean ready() throws IOException, InterruptedException {
        if (!Ports.accepts(port)) {
            return false;
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            return !admin.describeCluster().nodes().get(3, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        }
    }

    /** The cluster id is drawn once and kept in the data directory by Kafka itself. */
    private void format(Path config) throws IOException {
        List<String> tool = List.of(
                "kafka.tools.StorageTool",
                "format",
                "--ignore-formatted",
                "--cluster-id",
                Uuid.randomUuid().toString(),
                "--config",
                config.toString());
        ChildProcess format = ChildProcess.start(kafka(128, tool), home().resolve("logs/broker.log"));
        format.onExit().join();
        if (!Files.exists(data().resolve("meta.properties"))) {
            throw new StandaloneException(format.obituary());
        }
    }

    private JavaCommand kafka(int heapMegabytes, List<String> mainAndArgs) throws IOException {
        List<String> options = List.of(KafkaLogging.option(home()));
        return new JavaCommand(name(), heapMegabytes, options, dist.kafkaClassPath(), mainAndArgs);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        // Named in the configuration, not in the metadata log, so that the ports may differ from run to run.
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("listeners", "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("log.dirs", data().toString());
        settings.put("auto.create.topics.enable", "true");
        // One node, so one copy; few partitions, so that the first transaction and the first group do not wait for
        // fifty.
        for (String topic : List.of("offsets.topic", "transaction.state.log")) {
            settings.put(topic + ".replication.factor", "1");
            settings.put(topic + ".num.partitions", "4");
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // How long a killed broker is taken for alive, and its successor with the same id has to wait.
        settings.put("broker.session.timeout.ms", "6000");
        settings.put("broker.heartbeat.interval.ms", "1000");
        settings.put("log.cleaner.dedupe.buffer.size", "16777216");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.putAll(overrides);
        return settings;
    }
}
