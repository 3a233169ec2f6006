package io.signalbox.processor.dataplane.pipeline;

/** How far a source is, as it tells on a topic of its own (Debezium's notification channel {@code sink}). */
@FunctionalInterface
public interface Phases {

    enum Phase {
        /** Nothing was told yet. */
        UNTOLD,
        /** It copies what there is. */
        COPIES,
        /** It has copied it, or does not copy. */
        COPIED
    }

    /**
     * @param topic of its notifications, which need not be there
     * @throws RuntimeException when it cannot be read in bounded time
     */
    Phase of(String topic);
}
