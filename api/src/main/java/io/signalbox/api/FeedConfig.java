package io.signalbox.api;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.signalbox.processor.dataplane.feed.FeedSource;
import io.signalbox.processor.dataplane.feed.FeedTopics;
import io.signalbox.processor.dataplane.feed.Feeds;
import io.signalbox.processor.domain.ClusterKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the topics in which Kafka Connect clusters keep what they know, and where those are followed. */
final class FeedConfig {

    static final String TOPICS = "feed.topics";
    static final String GUESS = "feed.topics.guess";
    static final String POLL_INTERVAL = "feed.poll.interval.ms";

    private static final Pattern ENTRY =
            Pattern.compile("(?<environment>[^/=@]+)/(?<cluster>[^/=@]+)=(?<topics>[^=@]+)(?:@(?<brokers>[^=@]+))?");

    /** @param brokers null for those of Signalbox */
    private record Told(FeedTopics topics, String brokers) {}

    private final SignalboxConfig config;

    FeedConfig(SignalboxConfig config) {
        this.config = config;
    }

    static void define(ConfigDef all) {
        all.define(
                        TOPICS,
                        LIST,
                        "",
                        MEDIUM,
                        "Topics of Kafka Connect clusters that are followed, so that a change of status is seen as it happens, and"
                                + " offsets are known while no worker answers:"
                                + " environment/cluster=status-topic:config-topic:offset-topic, separated by commas; with"
                                + " @host:port;host:port behind it where they are in another Kafka. What is set with kafka. holds"
                                + " for them, too.")
                .define(
                        GUESS,
                        STRING,
                        "connect-status:connect-configs",
                        LOW,
                        "Topics that are tried for clusters that feed.topics does not name, and believed only if they agree with"
                                + " what the workers say; empty for none.")
                .define(
                        POLL_INTERVAL,
                        LONG,
                        5_000L,
                        between(10, 600_000),
                        LOW,
                        "How often a cluster is polled while its status and config topics are followed and believed, in milliseconds, where its"
                                + " own poll_interval_ms is shorter.");
    }

    /** @throws ConfigException naming the entry that is wrong */
    Feeds feeds(KafkaClients clients) {
        Map<ClusterKey, Told> told = told();
        var guess = guess();
        return new Feeds(
                cluster -> {
                    var known = told.get(cluster);
                    return known != null
                            ? List.of(source(clients, cluster, known, false))
                            : guess == null
                                    ? List.of()
                                    : List.of(source(clients, cluster, new Told(guess, null), true));
                },
                Duration.ofMillis(config.getLong(POLL_INTERVAL)));
    }

    private static FeedSource source(KafkaClients clients, ClusterKey cluster, Told told, boolean guessed) {
        return new FeedSource(
                told.topics(),
                guessed,
                topic -> clients.feed(cluster, told.brokers(), topic),
                () -> clients.feedAdmin(cluster, told.brokers()));
    }

    private Map<ClusterKey, Told> told() {
        Map<ClusterKey, Told> told = new HashMap<>();
        for (String entry : config.getList(TOPICS)) {
            Matcher parts = ENTRY.matcher(entry);
            if (!parts.matches()) {
                throw wrong(
                        TOPICS,
                        entry,
                        "expected environment/cluster=status-topic:config-topic:offset-topic@host:port;host:port");
            }
            try {
                var cluster = new ClusterKey(parts.group("environment"), parts.group("cluster"));
                String brokers = parts.group("brokers");
                var before = told.put(
                        cluster,
                        new Told(
                                FeedTopics.parse(parts.group("topics")),
                                brokers == null ? null : brokers.replace(';', ',')));
                if (before != null) {
                    throw wrong(TOPICS, entry, "the cluster is named twice");
                }
            } catch (IllegalArgumentException e) {
                throw wrong(TOPICS, entry, e.getMessage());
            }
        }
        return told;
    }

    /** @return null for none */
    private FeedTopics guess() {
        String guess = config.getString(GUESS).strip();
        try {
            return guess.isEmpty() ? null : FeedTopics.parse(guess);
        } catch (IllegalArgumentException e) {
            throw wrong(GUESS, guess, e.getMessage());
        }
    }

    private static ConfigException wrong(String setting, String value, String why) {
        return new ConfigException(setting, value, why);
    }
}
