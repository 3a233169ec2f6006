package io.signalbox.processor.domain;

/**
 * An environment whose quota is to be asked before a connector of this partition takes more.
 *
 * @param count the number of the last count
 */
public record GuardedEnvironment(String environment, long count) {}
