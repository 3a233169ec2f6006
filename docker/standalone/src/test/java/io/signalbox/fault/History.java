package io.signalbox.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * What the clients of one run did and were told, and what the lifecycle log held in the end. As a file: JSON lines in any
 * order; one that has an {@code event} is a {@link LogEvent}, every other one is an {@link Operation}.
 *
 * @param log in the order of the log for each key
 */
record History(List<Operation> operations, List<LogEvent> log) {

    static final ObjectMapper JSON = new ObjectMapper();

    /** @throws IllegalArgumentException if a line is none of both; the message says which and why */
    static History read(Path file) throws IOException {
        List<Operation> operations = new ArrayList<>();
        List<LogEvent> log = new ArrayList<>();
        try (var lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    JsonNode json = JSON.readTree(line);
                    if (json.has("event")) {
                        log.add(JSON.treeToValue(json, LogEvent.class));
                    } else {
                        operations.add(JSON.treeToValue(json, Operation.class));
                    }
                } catch (IOException | RuntimeException e) {
                    throw new IllegalArgumentException(file + ", line " + number + ": " + e.getMessage(), e);
                }
            }
        }
        return new History(operations, log);
    }

    /** In the order of their names. */
    List<String> keys() {
        var keys = new TreeSet<String>();
        operations.forEach(each -> keys.add(each.key()));
        log.forEach(each -> keys.add(each.key()));
        return List.copyOf(keys);
    }

    /** What is about one connector, in the order of its beginning. */
    History of(String key) {
        return new History(
                operations.stream()
                        .filter(each -> each.key().equals(key))
                        .sorted(Comparator.comparingLong(Operation::invokedAt))
                        .toList(),
                log.stream().filter(each -> each.key().equals(key)).toList());
    }
}
