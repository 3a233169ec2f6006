package io.signalbox.api;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the transactions of owners that are in the group no more. A takeover waits for them, because the offsets to go on from
 * are only sure then; left alone they end when the broker finds them too old, at intervals of its own: with its defaults up to
 * twenty seconds after the death, beside the six that it takes to notice it. Kafka's own fencing, as the next producer of that
 * name would do it.
 */
final class DeadOwners implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeadOwners.class);
    private static final long EVERY_MS = 250;
    private static final long LIMIT_S = 5;

    private final Admin admin;
    private final KafkaStreams streams;
    private final String applicationId;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("signalbox-dead-owners").daemon().factory());

    /** @param admin stays the caller's */
    DeadOwners(Admin admin, KafkaStreams streams, String applicationId) {
        this.admin = admin;
        this.streams = streams;
        this.applicationId = applicationId;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::look, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (streams.state() != KafkaStreams.State.REBALANCING) {
            return;
        }
        try {
            // Before the members: who has a transaction open now and lives is a member a moment later.
            var open = openTransactions();
            if (open.isEmpty()) {
                return;
            }
            var dead = dead(applicationId, open, memberClientIds());
            if (!dead.isEmpty()) {
                admin.fenceProducers(dead).all().get(LIMIT_S, TimeUnit.SECONDS);
                LOG.info("takeover action=fence producers={}", dead);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            // Kafka is away, or does not allow it: then they end by themselves, later.
            LOG.debug("takeover action=fence result=failed", e);
        }
    }

    private Set<String> openTransactions() throws InterruptedException, ExecutionException, TimeoutException {
        var ongoing = new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING));
        return admin.listTransactions(ongoing).all().get(LIMIT_S, TimeUnit.SECONDS).stream()
                .map(TransactionListing::transactionalId)
                .filter(id -> id.startsWith(applicationId + "-"))
                .collect(Collectors.toSet());
    }

    private List<String> memberClientIds() throws InterruptedException, ExecutionException, TimeoutException {
        return admin
                .describeConsumerGroups(List.of(applicationId))
                .all()
                .get(LIMIT_S, TimeUnit.SECONDS)
                .get(applicationId)
                .members()
                .stream()
                .map(MemberDescription::clientId)
                .toList();
    }

    /**
     * By the names that Kafka Streams gives: the process' id is in that of the transaction and in that of the member.
     *
     * @return those whose process is no member; none when a member has a name of another kind, as where somebody sets
     *     {@code client.id}, or when there is no member
     */
    static List<String> dead(String applicationId, Collection<String> transactionalIds, Collection<String> members) {
        var application = Pattern.quote(applicationId);
        var process = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";
        var member = Pattern.compile(application + "-" + process + "-StreamThread-\\d+-consumer");
        var transaction = Pattern.compile(application + "-" + process + "-\\d+");
        if (members.isEmpty()
                || !members.stream().allMatch(each -> member.matcher(each).matches())) {
            return List.of();
        }
        var alive = members.stream()
                .map(member::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        return transactionalIds.stream()
                .map(transaction::matcher)
                .filter(Matcher::matches)
                .filter(found -> !alive.contains(found.group(1)))
                .map(Matcher::group)
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
