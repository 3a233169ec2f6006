package io.signalbox.processor.domain;

/**
 * A key of a config whose value differs. A value may be a secret, so that only its {@link Fingerprint} is told.
 *
 * @param desired null when the key is not desired
 * @param observed null when the key is not on the data plane
 */
public record ConfigDifference(String key, String desired, String observed) {}
