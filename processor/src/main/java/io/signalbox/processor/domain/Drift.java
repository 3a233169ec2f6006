package io.signalbox.processor.domain;

import java.time.Instant;

/**
 * A connector that was changed on the data plane behind our back, and is not yet as desired again.
 *
 * @param generation the generation of the desired state that it differs from
 * @param since when it was detected, by the log
 */
public record Drift(long generation, Difference difference, Instant since) {}
