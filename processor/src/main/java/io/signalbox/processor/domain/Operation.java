package io.signalbox.processor.domain;

import java.time.Instant;

/**
 * Work on the data plane with a result to wait for: today, a restart.
 *
 * @param id the id of the command that asked for it
 * @param task the one task to restart; null for the connector
 * @param includeTasks whether the connector's tasks are restarted too (KIP-745)
 * @param onlyFailed whether only what is FAILED is restarted
 */
public record Operation(String id, Integer task, boolean includeTasks, boolean onlyFailed, Instant requestedAt) {}
