package io.signalbox.processor.domain;

/**
 * What the connectors of an environment take in one partition.
 *
 * @param count the number of the last count that it has answered
 * @param offset in that partition, up to which it is counted
 */
public record PartitionPlaces(int partition, long count, long offset, Places used) {}
