package io.signalbox.processor.topology;

import io.signalbox.processor.domain.Command.ReportPlaces;
import io.signalbox.processor.domain.Command.RequestPlaces;
import io.signalbox.processor.domain.FollowUp;
import io.signalbox.processor.domain.PartitionPlaces;
import io.signalbox.processor.domain.PlaceRequest;
import io.signalbox.processor.domain.QuotaKey;
import io.signalbox.processor.domain.QuotaLedger;
import io.signalbox.processor.domain.QuotaUse;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The partition's side of the environments whose quotas are kept here: loads the books, has them turned, and tells who is to be told. */
final class QuotaBooks {

    private final QuotaStore store;
    private final FollowUps followUps;

    /** What was promised when it was last looked at. */
    private Set<PlaceRequest> promised = Set.of();

    /** Which counts were not complete then: environment and number. */
    private Set<String> counting = Set.of();

    QuotaBooks(QuotaStore store, FollowUps followUps) {
        this.store = store;
        this.followUps = followUps;
    }

    void limits(QuotaKey key, long offset) {
        turn(QuotaLedger.limits(use(key), store.quota(key), offset));
    }

    void request(QuotaKey key, String commandId, RequestPlaces request, long offset) {
        turn(QuotaLedger.request(use(key), store.quota(key), offset, commandId, request));
    }

    void report(QuotaKey key, ReportPlaces report, long offset) {
        turn(QuotaLedger.report(use(key), store.quota(key), offset, report));
    }

    private QuotaUse use(QuotaKey key) {
        return Optional.ofNullable(store.use(key.environment()))
                .orElseGet(() -> QuotaUse.none(key.environment(), followUps.partitions()));
    }

    private void turn(QuotaLedger.Turn turn) {
        store.put(turn.use());
        turn.followUps().forEach(followUps::append);
    }

    /** What was under way when the partition came here may have been lost: everybody is asked, and told, again. */
    void opened() {
        for (QuotaUse use : store.uses()) {
            if (use.first() >= 0) {
                IntStream.range(0, use.partitions()).forEach(partition -> count(use, partition));
            }
            use.reserved().forEach(request -> followUps.append(FollowUp.answer(request, null)));
        }
    }

    /** What has been under way since the last time is asked, and told, again. */
    void remind() {
        Set<PlaceRequest> stillPromised = new HashSet<>();
        Set<String> stillCounting = new HashSet<>();
        for (QuotaUse use : store.uses()) {
            stillPromised.addAll(use.reserved());
            use.reserved().stream()
                    .filter(promised::contains)
                    .forEach(request -> followUps.append(FollowUp.answer(request, null)));
            if (use.counting()) {
                String which = use.environment() + "/" + use.count();
                stillCounting.add(which);
                if (counting.contains(which)) {
                    uncounted(use).forEach(partition -> count(use, partition));
                }
            }
        }
        promised = stillPromised;
        counting = stillCounting;
    }

    private static Set<Integer> uncounted(QuotaUse use) {
        Set<Integer> counted = use.counted().stream()
                .filter(each -> each.count() >= use.count())
                .map(PartitionPlaces::partition)
                .collect(Collectors.toSet());
        return IntStream.range(0, use.partitions())
                .boxed()
                .filter(partition -> !counted.contains(partition))
                .collect(Collectors.toSet());
    }

    private void count(QuotaUse use, int partition) {
        followUps.append(FollowUp.count(new QuotaKey(use.environment()), partition, use.count(), true));
    }
}
