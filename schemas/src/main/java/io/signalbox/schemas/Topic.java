package io.signalbox.schemas;

import java.util.Map;

/** The catalogue of topics: every topic that Signalbox reads or writes, with the settings that its promises rest on. */
public enum Topic {
    /** All that can change state. The broker's clock stamps it, so that the log carries the time. */
    COMMANDS(
            "commands",
            Map.of(
                    "cleanup.policy", "delete",
                    "retention.ms", days(7),
                    "message.timestamp.type", "LogAppendTime")),
    /** What happened, kept for ever. */
    LIFECYCLE("lifecycle", Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1")),
    /** The latest state of each connector. */
    CONNECTORS("connectors", Map.of("cleanup.policy", "compact")),
    /** The registered data planes. */
    CLUSTERS("clusters", Map.of("cleanup.policy", "compact"), 1),
    /** Who is let in by which key. */
    ACCESS("access", Map.of("cleanup.policy", "compact"), 1),
    /** What configs can refer to, sealed. */
    SECRETS("secrets", Map.of("cleanup.policy", "compact"), 1),
    /** The pipelines, each with how far it is. */
    PIPELINES("pipelines", Map.of("cleanup.policy", "compact"), 1),
    /** What callers are told. */
    OUTCOMES("outcomes", Map.of("cleanup.policy", "delete", "retention.ms", "3600000"), 6),
    /** What could not be understood, as it was found. */
    DEAD_LETTER("dead-letter", Map.of("cleanup.policy", "delete", "retention.ms", days(30)), 1);

    /** A config of 1 MiB with the traces of hundreds of tasks beside it still fits. */
    public static final int MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

    private final String suffix;
    private final Map<String, String> settings;
    private final int fixedPartitions;

    Topic(String suffix, Map<String, String> settings) {
        this(suffix, settings, 0);
    }

    Topic(String suffix, Map<String, String> settings, int fixedPartitions) {
        this.suffix = suffix;
        this.settings = settings;
        this.fixedPartitions = fixedPartitions;
    }

    public String name(String prefix) {
        return prefix + "." + suffix;
    }

    /** @param shared the partition count of the topics that are partitioned by the connector */
    public int partitions(int shared) {
        return fixedPartitions == 0 ? shared : fixedPartitions;
    }

    /** The settings that a topic must have; more retention than this is never refused, any other difference is. */
    public Map<String, String> settings() {
        return settings;
    }

    private static String days(int days) {
        return Long.toString(days * 86_400_000L);
    }
}
