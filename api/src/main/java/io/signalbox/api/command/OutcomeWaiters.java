package io.signalbox.api.command;

import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who on this replica waits for the outcome of which command. */
final class OutcomeWaiters {

    /**
     * @param answered completes with the log's answer
     * @param finished completes with the data plane's answer, or with the log's when that was a refusal
     */
    record Waiter(
            AggregateKey key, CompletableFuture<CommandOutcome> answered, CompletableFuture<CommandOutcome> finished) {}

    private final Map<String, CopyOnWriteArrayList<Waiter>> byCommand = new ConcurrentHashMap<>();

    Waiter await(String commandId, AggregateKey key) {
        var waiter = new Waiter(key, new CompletableFuture<>(), new CompletableFuture<>());
        byCommand.compute(commandId, (id, others) -> {
            var all = others == null ? new CopyOnWriteArrayList<Waiter>() : others;
            all.add(waiter);
            return all;
        });
        return waiter;
    }

    void leave(String commandId, Waiter waiter) {
        byCommand.computeIfPresent(commandId, (id, all) -> {
            all.remove(waiter);
            return all.isEmpty() ? null : all;
        });
    }

    /** Whether an outcome of this command is worth decoding here. */
    boolean anyoneWaitsFor(String commandId) {
        return byCommand.containsKey(commandId);
    }

    void complete(CommandOutcome outcome) {
        var waiters = byCommand.get(outcome.commandId());
        if (waiters == null) {
            return;
        }
        for (Waiter waiter : waiters) {
            if (waiter.key.equals(outcome.key())) {
                waiter.answered.complete(outcome);
                if (outcome.stage() != Stage.ACCEPTED) {
                    waiter.finished.complete(outcome);
                }
            }
        }
    }
}
