package io.signalbox.processor.domain;

/**
 * One task as it was last observed.
 *
 * @param workerId the worker's advertised {@code host:port}
 * @param version the plugin's version; null when the worker did not say, empty when it said null (KIP-891)
 * @param trace the worker's stack trace; null when there is none
 */
public record TaskStatus(int id, RunState state, String workerId, String version, String trace) {}
