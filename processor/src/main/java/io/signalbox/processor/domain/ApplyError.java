package io.signalbox.processor.domain;

/**
 * Why the data plane refused a generation of the desired state.
 *
 * @param generation the generation that was refused
 * @param worker {@code host:port} of the worker that refused it
 * @param message the worker's own words
 */
public record ApplyError(long generation, String worker, String message) {}
