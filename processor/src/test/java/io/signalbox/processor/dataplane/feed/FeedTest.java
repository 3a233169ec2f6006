package io.signalbox.processor.dataplane.feed;

import static io.signalbox.processor.dataplane.feed.FeedTopic.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String RUNNING = status("RUNNING", "w", 1);

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final FeedTopic topic = new FeedTopic();
    private Feed feed;

    @AfterEach
    void close() {
        feed.close();
    }

    @Test
    void what_is_there_is_no_news_and_what_comes_is() {
        topic.with("status-connector-a", RUNNING).with("status-task-a-0", RUNNING);
        follow(topic.source(false));
        awaitTold("began");
        assertThat(feed.current()).isTrue();
        assertThat(feed.followsConfig()).isTrue();
        assertThat(feed.changedSince("a", System.nanoTime() - LONG.toNanos())).isFalse();
        topic.say("status-task-a-0", status("FAILED", "w", 1));
        awaitTold("changed [a]");
        assertThat(task("a")).isEqualTo(RunState.FAILED);
        assertThat(feed.changedSince("a", System.nanoTime() - LONG.toNanos())).isTrue();
        topic.say("status-task-a-0", status("FAILED", "w", 2));
        topic.sayElsewhere("status-connector-b", RUNNING);
        awaitTold("changed [b]");
        topic.say("status-connector-a", null);
        await().atMost(LONG).until(() -> feed.status("a", ConnectorType.SOURCE).isEmpty());
        assertThat(told).containsExactly("began", "changed [a]", "changed [b]", "changed [a]");
    }

    @Test
    void of_configs_only_the_names_are_told() {
        follow(topic.source(false));
        awaitTold("began");
        topic.write("session-key");
        topic.write("task-a-0");
        topic.write("connector-a");
        awaitTold("written [a]");
        assertThat(told).containsExactly("began", "written [a]");
    }

    @Test
    void a_strange_record_stops_nothing() {
        follow(topic.source(false));
        awaitTold("began");
        topic.say("status-connector-a", "nonsense");
        topic.say(null, RUNNING);
        topic.say("status-connector-a", RUNNING);
        awaitTold("changed [a]");
    }

    @Test
    void a_topic_that_is_not_there_is_said_and_the_next_one_is_tried() {
        var other = new FeedSource(
                new FeedTopics("elsewhere", null, null), false, topic -> new FeedTopic(), FeedTopic::noAdmin);
        follow(other, topic.source(false));
        awaitTold("ended topic elsewhere is not there, or must not be read");
        awaitTold("began");
        assertThat(feed.source().topics()).isEqualTo(FeedTopic.NAMES);
    }

    @Test
    void what_can_no_longer_be_read_is_forgotten_and_read_again() {
        var again = new FeedTopic().with("status-connector-b", RUNNING);
        topic.with("status-connector-a", RUNNING);
        follow(topic.source(false), again.source(false));
        awaitTold("began");
        topic.schedulePollTask(() -> topic.setPollException(new KafkaException("denied")));
        awaitTold("ended denied");
        await().atMost(LONG).until(() -> told.getLast().equals("began") && feed.current());
        assertThat(topic.closed()).isTrue();
        assertThat(feed.status("a", ConnectorType.SOURCE)).isEmpty();
        assertThat(feed.status("b", ConnectorType.SOURCE)).isPresent();
    }

    @Test
    void topics_of_no_use_are_given_up() {
        var again = new FeedTopic();
        follow(topic.source(false), again.source(true));
        awaitTold("began");
        feed.giveUp("of no use");
        awaitTold("ended of no use");
        await().atMost(LONG).until(() -> feed.current() && feed.source().guessed());
    }

    private void follow(FeedSource... sources) {
        feed = new Feed("test", List.of(sources), System::nanoTime, new Told());
        feed.start();
    }

    private void awaitTold(String what) {
        await().atMost(LONG).until(() -> told.contains(what));
    }

    private RunState task(String connector) {
        return feed.status(connector, ConnectorType.SOURCE)
                .orElseThrow()
                .tasks()
                .getFirst()
                .state();
    }

    private final class Told implements Feed.Listener {
        @Override
        public void began() {
            told.add("began");
        }

        @Override
        public void changed(Set<String> connectors) {
            told.add("changed " + new TreeSet<>(connectors));
        }

        @Override
        public void written(Set<String> connectors) {
            told.add("written " + new TreeSet<>(connectors));
        }

        @Override
        public void ended(String reason) {
            told.add("ended " + reason);
        }
    }
}
