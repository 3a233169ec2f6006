package io.signalbox.processor.dataplane.feed;

import java.util.List;
import java.util.Optional;

/**
 * Of which connector a record of a config topic tells, by its key ({@code KafkaConfigBackingStore}). Their values are never looked at:
 * they hold secrets, and the session key of the workers.
 */
final class ConfigKeys {

    /** A config and a target state are what others change. What a worker makes of them, its tasks' configs, is not. */
    private static final List<String> PREFIXES = List.of("connector-", "target-state-");

    private ConfigKeys() {}

    static Optional<String> connector(String key) {
        return key == null
                ? Optional.empty()
                : PREFIXES.stream()
                        .filter(key::startsWith)
                        .map(prefix -> key.substring(prefix.length()))
                        .filter(name -> !name.isEmpty())
                        .findFirst();
    }
}
