package io.signalbox.api.query;

import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.Sealed;
import io.signalbox.processor.domain.StoredSecret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many secrets are sealed with which key, by the keys' ids: of the configs that are desired now, not of their history, and of
 * those that are stored for configs to refer to, with what these were before.
 */
public record KeyUse(Map<String, Count> byKey) {

    /**
     * @param values secrets of connectors and pipelines that are there
     * @param connectors those that have them
     * @param deleted secrets of connectors that are deleted, which an undelete would need
     * @param stored what is and was stored for configs to refer to
     */
    public record Count(long values, long connectors, long deleted, long stored) {
        public static final Count NONE = new Count(0, 0, 0, 0);

        /** How many are needed now. */
        public long needed() {
            return values + stored;
        }

        Count plus(Count more) {
            return new Count(
                    values + more.values, connectors + more.connectors, deleted + more.deleted, stored + more.stored);
        }
    }

    public KeyUse {
        byKey = Map.copyOf(byKey);
    }

    public static KeyUse of(Iterable<ConnectorState> connectors, Iterable<StoredSecret> secrets) {
        Map<String, Count> counts = new TreeMap<>();
        secrets.forEach(secret -> Stream.concat(Stream.of(secret.data()), secret.previous().stream())
                .flatMap(text -> Sealed.keyId(text).stream())
                .forEach(id -> counts.merge(id, new Count(0, 0, 0, 1), Count::plus)));
        connectors.forEach(state -> {
            List<String> ids = state.config().values().values().stream()
                    .filter(Sealed::is)
                    .flatMap(text -> Sealed.keyId(text).stream())
                    .toList();
            boolean deleted = state.phase() == Phase.DELETED;
            ids.forEach(id -> counts.merge(id, deleted ? new Count(0, 0, 1, 0) : new Count(1, 0, 0, 0), Count::plus));
            if (!deleted) {
                new TreeSet<>(ids).forEach(id -> counts.merge(id, new Count(0, 1, 0, 0), Count::plus));
            }
        });
        return new KeyUse(counts);
    }

    /** Of pipelines beside what their connectors have: in their definitions, and in the configs that follow from them. */
    public static KeyUse ofPipelines(Iterable<PipelineState> pipelines) {
        Map<String, Count> counts = new TreeMap<>();
        pipelines.forEach(state -> state.sealed()
                .flatMap(text -> Sealed.keyId(text).stream())
                .forEach(id -> counts.merge(id, new Count(1, 0, 0, 0), Count::plus)));
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
                        + use.getValue().connectors() + " " + use.getValue().deleted() + " "
                        + use.getValue().stored())
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The reverse of {@link #bytes}; a replica of an earlier release stores nothing, and does not say so. */
    static KeyUse read(byte[] bytes) {
        return new KeyUse(new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(
                        part -> part[0],
                        part -> new Count(
                                Long.parseLong(part[1]),
                                Long.parseLong(part[2]),
                                Long.parseLong(part[3]),
                                part.length > 4 ? Long.parseLong(part[4]) : 0))));
    }
}
