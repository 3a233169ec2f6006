package io.signalbox.api.live;

import java.util.Set;

/**
 * Which events a reader wants. Each set that is not empty must hold the event's value; events about a cluster have no connector.
 *
 * @param types with or without their namespace
 */
public record EventFilter(Set<String> environments, Set<String> clusters, Set<String> connectors, Set<String> types) {

    public static final EventFilter ALL = new EventFilter(Set.of(), Set.of(), Set.of(), Set.of());

    public EventFilter {
        environments = Set.copyOf(environments);
        clusters = Set.copyOf(clusters);
        connectors = Set.copyOf(connectors);
        types = Set.copyOf(types);
    }

    boolean accepts(LiveEvent event) {
        return in(environments, event.environment())
                && in(clusters, event.cluster())
                && (connectors.isEmpty() || event.connector() != null && connectors.contains(event.connector()))
                && (in(types, event.type()) || types.contains(event.simpleType()));
    }

    private static boolean in(Set<String> wanted, String value) {
        return wanted.isEmpty() || wanted.contains(value);
    }
}
