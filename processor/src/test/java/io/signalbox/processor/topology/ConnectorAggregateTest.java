package io.signalbox.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorFold;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.domain.TargetState;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class ConnectorAggregateTest {

    private static final ConnectorKey KEY = new ConnectorKey("default", "local", "c");
    private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");

    private final List<String> written = new ArrayList<>();

    /** A reader who saw that offsets were changed was told, for a moment, that there had been none before. */
    @Test
    void what_an_entry_of_the_history_tells_of_is_there_before_it() {
        var aggregate = new ConnectorAggregate(
                context(), new OpenPartition(0, "i", null, new CommandPace()), null, new TopicNames("t"));
        var created = event(
                1,
                new Event.ConnectorCreated(
                        "u", Config.of(Map.of()), TargetState.STOPPED, null, false, null, null, null));
        var asked = event(2, new Event.ResetOffsetsRequested("o"));
        var reset = event(3, new Event.OffsetsReset("o", "[{\"partition\":{\"p\":1},\"offset\":{\"at\":1}}]", null));
        ConnectorState now = null;
        for (RecordedEvent recorded : List.of(created, asked, reset)) {
            ConnectorState next = ConnectorFold.fold(now, recorded, (Event.OfConnector) recorded.event());
            aggregate.save(KEY.toString(), now, next, List.of(recorded));
            now = next;
        }
        assertThat(written)
                .containsSubsequence("configs", "history", "connectors")
                .containsSubsequence("offsets", "history", "connectors", "offsets", "offsets", "history", "connectors")
                .last()
                .isEqualTo("connectors");
    }

    private static RecordedEvent event(long revision, Event event) {
        return new RecordedEvent("e" + revision, KEY, revision, AT, "c" + revision, "ann", event);
    }

    private MockProcessorContext<Object, Object> context() {
        var context = new MockProcessorContext<>();
        List.of(StoreName.CONNECTORS, StoreName.STATUSES, StoreName.OFFSETS, StoreName.CONFIGS, StoreName.HISTORY)
                .forEach(name -> context.addStateStore(recording(name)));
        return context;
    }

    /** A store that keeps nothing but when it was written to. */
    private KeyValueStore<?, ?> recording(String name) {
        return (KeyValueStore<?, ?>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KeyValueStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("put") || method.getName().equals("delete")) {
                        written.add(name);
                    }
                    return method.getName().equals("name") ? name : null;
                });
    }
}
