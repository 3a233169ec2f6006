package io.signalbox.processor.domain;

import java.time.Instant;

/**
 * The limits of one environment.
 *
 * @param active false once it was removed; it stays in the store so that its revisions go on
 * @param connectors the most connectors; null for no limit
 * @param tasks the most tasks, as declared; null for no limit
 * @param changedBy the actor of the last event
 * @param revision counts events, from 1
 */
public record Quota(
        QuotaKey key,
        boolean active,
        Integer connectors,
        Integer tasks,
        String changedBy,
        long revision,
        Instant updatedAt) {

    /**
     * Whether more can be had, when so much is taken. What is not asked for is not looked at: an environment that is over a
     * limit may do whatever takes it no further.
     */
    boolean allows(Places used, Places wanted) {
        return fits(connectors, used.connectors(), wanted.connectors()) && fits(tasks, used.tasks(), wanted.tasks());
    }

    private static boolean fits(Integer limit, long used, long wanted) {
        return limit == null || wanted == 0 || used + wanted <= limit;
    }

    /** Whether it limits something of what is wanted, so that one has to know what is taken. */
    boolean concerns(Places wanted) {
        return connectors != null && wanted.connectors() > 0 || tasks != null && wanted.tasks() > 0;
    }
}
