package io.signalbox.api.query;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** How fresh an answer has to be, and what is known of it once it is there. Of one request; used by one thread at a time. */
public final class Reading {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final boolean strong;
    private final Map<Integer, Long> positions;
    private final Set<String> replicas = new LinkedHashSet<>();
    private Duration age;

    private Reading(boolean strong, Map<Integer, Long> positions) {
        this.strong = strong;
        this.positions = Map.copyOf(positions);
    }

    /** From the owner; where that cannot be reached, from a standby, and marked. */
    public static Reading usual() {
        return new Reading(false, Map.of());
    }

    /**
     * Never from a standby.
     *
     * @param strong nothing that was acknowledged to anybody before the request may be missing
     * @param positions by partition, the offset of the last command that may not be missing
     */
    public static Reading fresh(boolean strong, Map<Integer, Long> positions) {
        return new Reading(strong, positions);
    }

    boolean strong() {
        return strong;
    }

    /** @return the offset before which everything must have been processed; 0 when there is no such demand */
    long position(int partition) {
        return positions.getOrDefault(partition, -1L) + 1;
    }

    boolean standbyMayAnswer() {
        return !strong && positions.isEmpty();
    }

    Duration patience() {
        return PATIENCE;
    }

    void servedBy(String replica) {
        replicas.add(replica);
    }

    void standbyAnswered(Duration howOld) {
        age = age == null || howOld.compareTo(age) > 0 ? howOld : age;
    }

    /** @return {@code host:port} of each replica from whose stores the answer comes */
    public Set<String> replicas() {
        return replicas;
    }

    /** @return how old it can be at most; null when only owners answered, so that it is not old at all */
    public Duration age() {
        return age;
    }
}
