package io.signalbox.fault;

import io.signalbox.it.Lifecycle;
import io.signalbox.it.RealParts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The committed events about the connectors of a run, as lines of its history. */
final class LifecycleLog {

    /** An open transaction of a dead owner holds the end back until somebody ends it. */
    private static final Duration SETTLED = Duration.ofSeconds(120);

    private final Lifecycle lifecycle;

    LifecycleLog(RealParts parts, String prefix) {
        lifecycle = new Lifecycle(parts, prefix);
    }

    /**
     * All events about these connectors, up to the last of some.
     *
     * @param last commands with an event each, one in each partition: what was appended before has its events before
     */
    List<LogEvent> of(Set<String> keys, Set<String> last) {
        var events = new AtomicReference<List<LogEvent>>(List.of());
        Awaitility.await().atMost(SETTLED).pollInterval(Duration.ofMillis(500)).until(() -> {
            events.set(lifecycle.all().stream()
                    .filter(each -> keys.contains(each.subject()))
                    .map(LifecycleLog::event)
                    .toList());
            return events.get().stream()
                    .map(LogEvent::commandId)
                    .collect(Collectors.toSet())
                    .containsAll(last);
        });
        return events.get();
    }

    private static LogEvent event(Lifecycle.Event found) {
        var value = found.value();
        return new LogEvent(
                found.type(),
                found.subject(),
                found.revision(),
                found.commandId(),
                value.hasField("targetState")
                        ? TargetState.valueOf(value.get("targetState").toString())
                        : null,
                value.hasField("config") ? mark((Map<?, ?>) value.get("config")) : null);
    }

    /** Avro's own strings are not equal to Java's. */
    private static String mark(Map<?, ?> config) {
        return config.entrySet().stream()
                .filter(entry -> entry.getKey().toString().equals(Wire.MARK))
                .map(entry -> entry.getValue().toString())
                .findFirst()
                .orElse(null);
    }
}
