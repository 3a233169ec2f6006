package io.signalbox.processor.topology;

import io.signalbox.processor.domain.CommandOutcome;
import org.apache.kafka.streams.state.WindowStore;

/** Outcomes by key and command id, for as long as a command id is remembered. The clock is the log's. */
final class OutcomeStore {

    private final WindowStore<String, CommandOutcome> store;

    OutcomeStore(WindowStore<String, CommandOutcome> store) {
        this.store = store;
    }

    /**
     * @param at the log's time now, in epoch milliseconds
     * @return the latest one, or null
     */
    CommandOutcome find(String key, String commandId, long at) {
        CommandOutcome latest = null;
        long from = Math.max(0, at - StoreCatalogue.OUTCOME_RETENTION.toMillis());
        try (var found = store.fetch(id(key, commandId), from, at)) {
            while (found.hasNext()) {
                latest = found.next().value;
            }
        }
        return latest;
    }

    void put(CommandOutcome outcome, long at) {
        store.put(id(outcome.key().toString(), outcome.commandId()), outcome, at);
    }

    private static String id(String key, String commandId) {
        return key + '\0' + commandId;
    }
}
