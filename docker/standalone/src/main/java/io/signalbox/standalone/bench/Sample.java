package io.signalbox.standalone.bench;

/**
 * What one run gave.
 *
 * @param perSecond requests a second
 * @param p50 in milliseconds
 * @param p99 in milliseconds
 */
record Sample(double perSecond, double p50, double p99) {}
