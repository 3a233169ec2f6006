package io.signalbox.processor.domain;

import java.util.List;

/**
 * What of the quota of an environment is taken and reserved, and who waits; {@link QuotaLedger} has the rules. It is not of
 * the lifecycle log: the same follows from the events of the connectors.
 *
 * @param partitions how many are to be counted
 * @param first the number of the first count under the present quota; -1 when there is none, and nothing is counted
 * @param count the number of the last count that was begun
 * @param counted what each partition has said since the first count, in their order
 * @param reserved what was promised and is not counted yet
 * @param waiting who is to be told yet, in the order of their coming
 */
public record QuotaUse(
        String environment,
        int partitions,
        long first,
        long count,
        List<PartitionPlaces> counted,
        List<PlaceRequest> reserved,
        List<PlaceRequest> waiting) {

    public static final long NONE = -1;

    public QuotaUse {
        counted = List.copyOf(counted);
        reserved = List.copyOf(reserved);
        waiting = List.copyOf(waiting);
    }

    public static QuotaUse none(String environment, int partitions) {
        return new QuotaUse(environment, partitions, NONE, NONE, List.of(), List.of(), List.of());
    }

    /** Whether every partition has said what is taken there, so that the quota holds. */
    public boolean known() {
        return first >= 0 && counted.size() == partitions;
    }

    /** What is taken and what is promised; not the whole of it before it is {@link #known}. */
    public Places used() {
        var sum = taken();
        for (PlaceRequest request : reserved) {
            sum = sum.plus(request.wanted());
        }
        return sum;
    }

    /** What is taken, without what is only promised. */
    Places taken() {
        var sum = Places.NONE;
        for (PartitionPlaces partition : counted) {
            sum = sum.plus(partition.used());
        }
        return sum;
    }

    /** Whether every partition has said what is taken there after this offset of the quota's own partition. */
    boolean countedAfter(long offset) {
        return known() && counted.stream().allMatch(partition -> partition.count() >= offset);
    }

    /** Whether a count was begun that some partition has not answered. */
    public boolean counting() {
        return first >= 0 && !countedAfter(count);
    }

    /** Whether nothing would be lost with it. */
    public boolean idle() {
        return first < 0 && reserved.isEmpty() && waiting.isEmpty();
    }
}
