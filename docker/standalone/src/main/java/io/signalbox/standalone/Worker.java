package io.signalbox.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An unmodified distributed Kafka Connect worker with the file connectors and Debezium's. */
public final class Worker extends Part {

    /** Of a worker without overrides. */
    public static final String STATUS_TOPIC = "connect-local-status";

    /** Of a worker without overrides. */
    public static final String CONFIG_TOPIC = "connect-local-config";

    /** Of a worker without overrides. */
    public static final String OFFSET_TOPIC = "connect-local-offset";

    private final Dist dist;
    private final String bootstrapServers;
    private final int port;
    private final Map<String, String> overrides;

    /**
     * @param name of the part, for its log and its files
     * @param overrides worker settings on top of ours; workers with the same {@code group.id} and storage topics form one
     *     Connect cluster
     */
    public Worker(String name, Dist dist, Path home, String bootstrapServers, int port, Map<String, String> overrides) {
        super(name, home);
        this.dist = dist;
        this.bootstrapServers = bootstrapServers;
        this.port = port;
        this.overrides = Map.copyOf(overrides);
    }

    /** The worker's own REST API. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public String address() {
        return url();
    }

    @Override
    JavaCommand command() throws IOException {
        Path config = writeProperties(settings());
        return new JavaCommand(
                name(),
                512,
                List.of(KafkaLogging.option(home())),
                dist.kafkaClassPath(),
                List.of("org.apache.kafka.connect.cli.ConnectDistributed", config.toString()));
    }

    /** KIP-1017's health: 200 once the worker has joined its group and read its topics. */
    @Override
    boolean ready() throws IOException, InterruptedException {
        return Http.ok(url() + "/health");
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("group.id", "connect-local");
        settings.put("listeners", url());
        settings.put("rest.advertised.host.name", "127.0.0.1");
        settings.put("rest.advertised.port", Integer.toString(port));
        settings.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        for (String storage : List.of("config", "offset", "status")) {
            settings.put(storage + ".storage.topic", "connect-local-" + storage);
            settings.put(storage + ".storage.replication.factor", "1");
        }
        settings.put("offset.storage.partitions", "5");
        settings.put("status.storage.partitions", "1");
        settings.put("offset.flush.interval.ms", "2000");
        settings.put("scheduled.rebalance.max.delay.ms", "10000");
        settings.put("connector.client.config.override.policy", "All");
        settings.put("plugin.path", dist.plugins().toString());
        // All our plugins declare themselves; scanning every class of the jars would take seconds.
        settings.put("plugin.discovery", "service_load");
        settings.putAll(overrides);
        return settings;
    }
}
