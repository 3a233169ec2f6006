package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.dataplane.feed.FeedSource;
import io.signalbox.processor.dataplane.feed.FeedTopics;
import io.signalbox.processor.dataplane.feed.Feeds;
import io.signalbox.processor.domain.ClusterKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedConfigTest {

    private static final ClusterKey LOCAL = new ClusterKey("default", "local");
    private static final ClusterKey ORDERS = new ClusterKey("prod", "orders-1.eu");

    private static Feeds feeds(Map<String, String> settings) {
        var all = new Properties();
        all.put("bootstrap.servers", "kafka-1:9093");
        all.put("schema.registry.url", "http://registry:8081");
        all.putAll(settings);
        var config = SignalboxConfig.of(all, Map.of());
        return new FeedConfig(config).feeds(new KafkaClients(config));
    }

    @Test
    void named_topics_are_followed_and_for_other_clusters_the_usual_ones_are_tried() {
        var feeds = feeds(
                Map.of("feed.topics", "default/local=s:c, prod/orders-1.eu=_status.orders@127.0.0.1:9;127.0.0.1:8"));
        assertThat(only(feeds, LOCAL).topics()).isEqualTo(new FeedTopics("s", "c", null));
        assertThat(only(feeds, LOCAL).guessed()).isFalse();
        assertThat(only(feeds, ORDERS).topics()).isEqualTo(new FeedTopics("_status.orders", null, null));
        var other = only(feeds, new ClusterKey("default", "other"));
        assertThat(other.topics()).isEqualTo(new FeedTopics("connect-status", "connect-configs", null));
        assertThat(other.guessed()).isTrue();
        assertThat(feeds.pollInterval()).isEqualTo(Duration.ofSeconds(5));
        // One that cannot be reached is no reason not to start.
        try (var consumer = only(feeds, ORDERS).consumer().apply("s")) {
            assertThat(consumer.assignment()).isEmpty();
        }
    }

    @Test
    void without_a_guess_other_clusters_are_only_polled() {
        assertThat(feeds(Map.of("feed.topics.guess", "")).sources().apply(LOCAL))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local=s:c",
                "default/local",
                "default/local=",
                "default/local=s:c:o:x",
                "default/local=s:c:",
                "default/local=s:",
                "default/local=a topic",
                "default/local=s@",
                "-/local=s",
                "default/local=s,default/local=t"
            })
    void what_is_wrong_is_named(String entry) {
        assertThatThrownBy(() -> feeds(Map.of("feed.topics", entry)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("feed.topics");
    }

    @Test
    void a_wrong_guess_is_named() {
        assertThatThrownBy(() -> feeds(Map.of("feed.topics.guess", "a:b:c:d")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("feed.topics.guess");
    }

    private static FeedSource only(Feeds feeds, ClusterKey cluster) {
        List<FeedSource> sources = feeds.sources().apply(cluster);
        assertThat(sources).hasSize(1);
        return sources.getFirst();
    }
}
