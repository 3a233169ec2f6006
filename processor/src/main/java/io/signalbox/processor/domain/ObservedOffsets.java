package io.signalbox.processor.domain;

import java.time.Instant;

/**
 * The offsets of a connector as they were last read.
 *
 * @param uid the incarnation that they belong to
 * @param offsets a JSON array of {@code {"partition":…,"offset":…}} (KIP-875)
 * @param at when they were reported, by the log
 */
public record ObservedOffsets(String uid, String offsets, Instant at) {}
