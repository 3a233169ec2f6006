package io.signalbox.schemas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics of the catalogue that are missing, and refuses those that are not as they must be. */
public final class TopicAdmin {

    private static final Logger LOG = LoggerFactory.getLogger(TopicAdmin.class);

    private final Admin admin;
    private final String prefix;
    private final int partitions;
    private final short replicationFactor;

    /**
     * @param partitions of the topics that are partitioned by the connector; can never be changed later
     * @param replicationFactor -1 for the broker's default
     */
    public TopicAdmin(Admin admin, String prefix, int partitions, short replicationFactor) {
        this.admin = admin;
        this.prefix = prefix;
        this.partitions = partitions;
        this.replicationFactor = replicationFactor;
    }

    /**
     * @throws WrongTopicException naming each topic and setting that is wrong
     * @throws KafkaException when the brokers cannot be asked
     */
    public void ensure() throws InterruptedException {
        createMissing();
        var wrong = check();
        if (!wrong.isEmpty()) {
            throw new WrongTopicException(wrong);
        }
    }

    /** All in one request: they are a dozen, and a first start waits for them. */
    private void createMissing() throws InterruptedException {
        var existing = get(admin.listTopics().names());
        var missing = Stream.of(Topic.values())
                .filter(topic -> !existing.contains(topic.name(prefix)))
                .map(this::wanted)
                .toList();
        var created = admin.createTopics(missing).values();
        for (NewTopic topic : missing) {
            try {
                get(created.get(topic.name()));
                LOG.info("topic={} action=create partitions={}", topic.name(), topic.numPartitions());
            } catch (TopicExistsException createdByAnotherReplica) {
                LOG.debug("topic={} was created by another replica", topic.name());
            }
        }
    }

    private NewTopic wanted(Topic topic) {
        Map<String, String> settings = new HashMap<>(topic.settings());
        settings.put("max.message.bytes", Integer.toString(Topic.MAX_MESSAGE_BYTES));
        return new NewTopic(topic.name(prefix), topic.partitions(partitions), replicationFactor).configs(settings);
    }

    private List<String> check() throws InterruptedException {
        var names = Stream.of(Topic.values()).map(topic -> topic.name(prefix)).toList();
        Map<String, TopicDescription> descriptions =
                get(admin.describeTopics(names).allTopicNames());
        Map<ConfigResource, Config> configs = get(admin.describeConfigs(names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .all());
        List<String> wrong = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            var name = topic.name(prefix);
            int actual = descriptions.get(name).partitions().size();
            if (actual != topic.partitions(partitions)) {
                wrong.add(
                        "topic " + name + " has " + actual + " partitions instead of " + topic.partitions(partitions));
            }
            var config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, name));
            topic.settings()
                    .forEach((key, value) -> difference(config, key, value)
                            .ifPresent(found ->
                                    wrong.add("topic " + name + " has " + key + "=" + found + " instead of " + value)));
        }
        return wrong;
    }

    private static Optional<String> difference(Config config, String key, String wanted) {
        var actual = config.get(key) == null ? null : config.get(key).value();
        if (wanted.equals(actual) || actual != null && key.startsWith("retention.") && keepsMore(actual, wanted)) {
            return Optional.empty();
        }
        return Optional.of(String.valueOf(actual));
    }

    private static boolean keepsMore(String actual, String wanted) {
        long has = Long.parseLong(actual);
        long needs = Long.parseLong(wanted);
        return has == -1 || needs != -1 && has >= needs;
    }

    private static <T> T get(org.apache.kafka.common.KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        }
    }
}
