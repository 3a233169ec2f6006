package io.signalbox.processor.domain;

import java.time.Instant;

/**
 * One data plane.
 *
 * @param registered false once it was forgotten; it stays in the store so that its revisions go on
 * @param revision counts events, from 1
 */
public record ClusterState(
        ClusterKey key, ClusterSpec spec, boolean registered, long revision, Instant registeredAt, Instant updatedAt) {}
