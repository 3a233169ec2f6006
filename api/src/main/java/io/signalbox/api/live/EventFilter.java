package io.signalbox.api.live;

import io.signalbox.processor.domain.AccessKeyId;
import io.signalbox.processor.domain.AggregateKey;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which events a reader wants; those about access keys are nobody's. Each set that is not empty must hold the event's value; events
 * about a cluster or a pipeline have no connector, those about a quota no cluster either.
 *
 * @param types with or without their namespace
 * @param visible what the reader may see
 */
public record EventFilter(
        Set<String> environments,
        Set<String> clusters,
        Set<String> connectors,
        Set<String> types,
        Predicate<AggregateKey> visible) {

    public static final EventFilter ALL = new EventFilter(Set.of(), Set.of(), Set.of(), Set.of());

    /** For who may see everything. */
    public EventFilter(Set<String> environments, Set<String> clusters, Set<String> connectors, Set<String> types) {
        this(environments, clusters, connectors, types, key -> true);
    }

    public EventFilter {
        environments = Set.copyOf(environments);
        clusters = Set.copyOf(clusters);
        connectors = Set.copyOf(connectors);
        types = Set.copyOf(types);
    }

    boolean accepts(LiveEvent event) {
        return !(event.key() instanceof AccessKeyId)
                && visible.test(event.key())
                && in(environments, event.environment())
                && in(clusters, event.cluster())
                && (connectors.isEmpty() || event.connector() != null && connectors.contains(event.connector()))
                && (in(types, event.type()) || types.contains(event.simpleType()));
    }

    private static boolean in(Set<String> wanted, String value) {
        return wanted.isEmpty() || value != null && wanted.contains(value);
    }
}
