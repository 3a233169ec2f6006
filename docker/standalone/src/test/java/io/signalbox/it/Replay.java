package io.signalbox.it;

import io.signalbox.it.Lifecycle.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;

/**
 * What was desired of each connector after each of its events, read off the lifecycle topic without a class of Signalbox: only
 * what users do, and nothing that a data plane would report.
 */
final class Replay {

    /** @param config null when there was none */
    record Known(long revision, String type, Instant at, String phase, String target, Map<String, String> config) {
        @Override
        public String toString() {
            return revision + " " + type;
        }
    }

    private final Map<String, List<Known>> bySubject = new TreeMap<>();
    private final List<String> subjects;
    private final Instant begin;
    private final long millis;

    private Replay(List<Event> events) {
        events.forEach(this::add);
        subjects = List.copyOf(bySubject.keySet());
        begin = events.stream().map(Event::at).min(Comparator.naturalOrder()).orElseThrow();
        var end = events.stream().map(Event::at).max(Comparator.naturalOrder()).orElseThrow();
        millis = end.toEpochMilli() - begin.toEpochMilli();
    }

    static Replay of(List<Event> events, String prefix) {
        return new Replay(events.stream()
                .filter(event -> event.subject().startsWith(prefix))
                .toList());
    }

    private void add(Event event) {
        var known = bySubject.computeIfAbsent(event.subject(), any -> new ArrayList<>());
        if (event.revision() != known.size() + 1) {
            throw new AssertionError(event + " is not the next one of " + known.size());
        }
        var before = known.isEmpty() ? null : known.getLast();
        known.add(
                switch (event.type()) {
                    case "ConnectorCreated" ->
                        known(event, "ACTIVE", event.value().get("targetState").toString(), config(event.value()));
                    case "ConnectorConfigChanged" -> known(event, "ACTIVE", before.target(), config(event.value()));
                    case "ConnectorPaused" -> known(event, "ACTIVE", "PAUSED", before.config());
                    case "ConnectorResumed" -> known(event, "ACTIVE", "RUNNING", before.config());
                    case "ConnectorStopped" -> known(event, "ACTIVE", "STOPPED", before.config());
                    case "ConnectorDeletionRequested" -> known(event, "DELETING", before.target(), before.config());
                    case "ConnectorDeleted" -> known(event, "DELETED", before.target(), before.config());
                    default -> throw new AssertionError("Nobody did this: " + event);
                });
    }

    private static Known known(Event event, String phase, String target, Map<String, String> config) {
        return new Known(event.revision(), event.type(), event.at(), phase, target, config);
    }

    private static Map<String, String> config(GenericRecord value) {
        var config = new TreeMap<String, String>();
        ((Map<?, ?>) value.get("config")).forEach((key, each) -> config.put(key.toString(), each.toString()));
        return config;
    }

    /** How many events there are. */
    int size() {
        return bySubject.values().stream().mapToInt(List::size).sum();
    }

    List<Known> of(String subject) {
        return bySubject.get(subject);
    }

    String busiest() {
        return subjects.stream()
                .max(Comparator.comparing(subject -> of(subject).size()))
                .orElseThrow();
    }

    String any(Random random) {
        return subjects.get(random.nextInt(subjects.size()));
    }

    /** A little before the first event to a little after the last one. */
    Instant time(Random random) {
        return begin.plusMillis((long) ((millis + 200) * random.nextDouble()) - 100);
    }

    /** @return empty when it was not there, or not any more */
    Optional<Known> at(String subject, Instant time) {
        return of(subject).stream()
                .filter(known -> !known.at().isAfter(time))
                .reduce((earlier, later) -> later)
                .filter(known -> !known.phase().equals("DELETED"));
    }
}
