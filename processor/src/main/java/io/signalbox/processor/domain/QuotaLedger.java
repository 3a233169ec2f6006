package io.signalbox.processor.domain;

import io.signalbox.processor.domain.Command.ReportPlaces;
import io.signalbox.processor.domain.Command.RequestPlaces;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Who gets a place: one turn of the books of one environment, a pure function of them and of one command on the quota's
 * own partition. ADR 16 says why it is right; in short:
 *
 * <ul>
 *   <li>a promise stands in the books until the connector's own partition counts what became of it, in one and the same report;
 *   <li>a report is the whole of its partition, so that a later one makes good for any that was lost;
 *   <li>nobody is refused before each partition was counted after he came, nor because of what is only promised: who deletes
 *       something and then creates something has the place.
 * </ul>
 */
public final class QuotaLedger {

    private final Quota quota;
    private final String environment;
    private final int partitions;
    private final long offset;
    private final SortedMap<Integer, PartitionPlaces> counted = new TreeMap<>();
    private final List<PlaceRequest> reserved;
    private final List<PlaceRequest> waiting;
    private final List<FollowUp> followUps = new ArrayList<>();
    private long first;
    private long count;

    /**
     * @param use the books before
     * @param followUps what is to be told to other partitions
     */
    public record Turn(QuotaUse use, List<FollowUp> followUps) {}

    private QuotaLedger(QuotaUse use, Quota quota, long offset) {
        this.quota = quota == null || !quota.active() ? null : quota;
        this.environment = use.environment();
        this.partitions = use.partitions();
        this.offset = offset;
        this.first = use.first();
        this.count = use.count();
        this.reserved = new ArrayList<>(use.reserved());
        this.waiting = new ArrayList<>(use.waiting());
        use.counted().forEach(each -> counted.put(each.partition(), each));
    }

    /**
     * The limits may be others than before.
     *
     * @param quota null when there is none
     * @param offset of the command, in the quota's own partition
     */
    public static Turn limits(QuotaUse use, Quota quota, long offset) {
        var ledger = new QuotaLedger(use, quota, offset);
        ledger.limits();
        return ledger.turn();
    }

    /** Somebody needs places. @param commandId of the command that does */
    public static Turn request(QuotaUse use, Quota quota, long offset, String commandId, RequestPlaces request) {
        var ledger = new QuotaLedger(use, quota, offset);
        ledger.request(new PlaceRequest(request.connector(), commandId, request.asked(), offset, request.wanted()));
        return ledger.turn();
    }

    /** A partition says what is taken there. */
    public static Turn report(QuotaUse use, Quota quota, long offset, ReportPlaces report) {
        var ledger = new QuotaLedger(use, quota, offset);
        ledger.report(report);
        return ledger.turn();
    }

    private Turn turn() {
        settle();
        return new Turn(use(), List.copyOf(followUps));
    }

    private QuotaUse use() {
        return new QuotaUse(environment, partitions, first, count, List.copyOf(counted.values()), reserved, waiting);
    }

    private void limits() {
        if (quota != null && first < 0) {
            counted.clear();
            first = offset;
            count();
        } else if (quota == null && first >= 0) {
            counted.clear();
            first = QuotaUse.NONE;
            toAll(false);
        }
    }

    private void request(PlaceRequest request) {
        var known = find(reserved, request);
        if (known != null && known.asked() == request.asked()) {
            followUps.add(FollowUp.answer(known, null));
            return;
        }
        var queued = find(waiting, request);
        if (later(known, request) || later(queued, request)) {
            return;
        }
        if (queued != null && queued.asked() == request.asked()) {
            return;
        }
        // What it was found to need before no longer counts.
        reserved.remove(known);
        waiting.remove(queued);
        waiting.add(request);
    }

    private static PlaceRequest find(List<PlaceRequest> all, PlaceRequest request) {
        return all.stream()
                .filter(each -> each.of(request.connector(), request.commandId()))
                .findFirst()
                .orElse(null);
    }

    private static boolean later(PlaceRequest known, PlaceRequest request) {
        return known != null && known.asked() > request.asked();
    }

    private void report(ReportPlaces report) {
        if (report.connector() != null) {
            reserved.removeIf(each -> each.of(report.connector(), report.commandId()));
        }
        if (first < 0 && report.count() >= 0) {
            followUps.add(FollowUp.count(key(), report.partition(), offset, false));
        } else if (first >= 0 && report.count() >= first && report.partition() < partitions) {
            var known = counted.get(report.partition());
            if (known == null || known.offset() <= report.offset()) {
                counted.put(
                        report.partition(),
                        new PartitionPlaces(report.partition(), report.count(), report.offset(), report.used()));
            }
        }
    }

    /** Tells everybody who can be told, in the order of their coming. */
    private void settle() {
        var now = use();
        for (PlaceRequest request : now.waiting()) {
            if (fits(now, request)) {
                waiting.remove(request);
                reserved.add(request);
                followUps.add(FollowUp.answer(request, null));
                now = use();
            } else if (refused(now, request)) {
                waiting.remove(request);
                followUps.add(FollowUp.answer(request, refusal(now.taken(), request.wanted())));
            }
        }
        // Who came last was counted after last.
        if (!waiting.isEmpty()
                && !now.counting()
                && !now.countedAfter(waiting.getLast().arrived())) {
            count();
        }
    }

    private boolean fits(QuotaUse now, PlaceRequest request) {
        return quota == null
                || !quota.concerns(request.wanted())
                || now.known() && quota.allows(now.used(), request.wanted());
    }

    private boolean refused(QuotaUse now, PlaceRequest request) {
        return now.countedAfter(request.arrived()) && !quota.allows(now.taken(), request.wanted());
    }

    private String refusal(Places taken, Places wanted) {
        boolean connectors = !quota.allows(new Places(taken.connectors(), 0), new Places(wanted.connectors(), 0));
        String what = connectors
                ? QuotaWords.connectors(quota.connectors(), taken.connectors())
                : QuotaWords.tasks(quota.tasks(), taken.tasks(), wanted.tasks());
        return QuotaWords.refusal(environment, what, connectors);
    }

    private void count() {
        count = offset;
        toAll(true);
    }

    private void toAll(boolean guarded) {
        IntStream.range(0, partitions)
                .forEach(partition -> followUps.add(FollowUp.count(key(), partition, offset, guarded)));
    }

    private QuotaKey key() {
        return new QuotaKey(environment);
    }
}
