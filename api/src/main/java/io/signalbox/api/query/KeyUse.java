package io.signalbox.api.query;

import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.Sealed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How many secrets are sealed with which key, by the keys' ids: of the configs that are desired now, not of their history. */
public record KeyUse(Map<String, Count> byKey) {

    /**
     * @param values secrets of connectors that are there
     * @param connectors those that have them
     * @param deleted secrets of connectors that are deleted, which an undelete would need
     */
    public record Count(long values, long connectors, long deleted) {
        public static final Count NONE = new Count(0, 0, 0);

        Count plus(Count more) {
            return new Count(values + more.values, connectors + more.connectors, deleted + more.deleted);
        }
    }

    public KeyUse {
        byKey = Map.copyOf(byKey);
    }

    public static KeyUse of(Iterable<ConnectorState> connectors) {
        Map<String, Count> counts = new TreeMap<>();
        connectors.forEach(state -> {
            List<String> ids = state.config().values().values().stream()
                    .filter(Sealed::is)
                    .flatMap(text -> Sealed.keyId(text).stream())
                    .toList();
            boolean deleted = state.phase() == Phase.DELETED;
            ids.forEach(id -> counts.merge(id, deleted ? new Count(0, 0, 1) : new Count(1, 0, 0), Count::plus));
            if (!deleted) {
                new TreeSet<>(ids).forEach(id -> counts.merge(id, new Count(0, 1, 0), Count::plus));
            }
        });
        return new KeyUse(counts);
    }

    public Count count(String keyId) {
        return byKey.getOrDefault(keyId, Count.NONE);
    }

    KeyUse plus(KeyUse more) {
        Map<String, Count> sum = new TreeMap<>(byKey);
        more.byKey.forEach((id, count) -> sum.merge(id, count, Count::plus));
        return new KeyUse(sum);
    }

    /** As it goes from replica to replica: a line for each key. */
    byte[] bytes() {
        return byKey.entrySet().stream()
                .map(use -> use.getKey() + " " + use.getValue().values() + " "
                        + use.getValue().connectors() + " " + use.getValue().deleted())
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The reverse of {@link #bytes}. */
    static KeyUse read(byte[] bytes) {
        return new KeyUse(new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(
                        part -> part[0],
                        part -> new Count(Long.parseLong(part[1]), Long.parseLong(part[2]), Long.parseLong(part[3])))));
    }
}
