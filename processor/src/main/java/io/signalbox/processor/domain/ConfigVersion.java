package io.signalbox.processor.domain;

import java.time.Instant;

/**
 * A config as it was from one revision on.
 *
 * @param revision the revision that brought it
 * @param at when, by the log
 */
public record ConfigVersion(Config config, long revision, Instant at) {}
