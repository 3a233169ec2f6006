package io.signalbox.fault;

import io.signalbox.fault.Operation.Result;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Writes a history as it happens: each operation when it ends, so that what was written stays if the run dies. What is under
 * way when it is closed is unknown. For any number of threads.
 */
final class HistoryWriter implements AutoCloseable {

    private final BufferedWriter out;
    private final LongSupplier clock;
    private final Map<String, Operation> underWay = new HashMap<>();

    /** @param clock the one that the operations' times are of */
    HistoryWriter(Path file, LongSupplier clock) throws IOException {
        this.out = Files.newBufferedWriter(file);
        this.clock = clock;
    }

    /** Before it is sent. Its result is not looked at. */
    synchronized void begins(Operation asked) {
        if (underWay.putIfAbsent(asked.client(), asked) != null) {
            throw new IllegalStateException(asked.client() + " has an operation under way");
        }
    }

    synchronized void ends(Operation done) throws IOException {
        if (underWay.remove(done.client()) == null) {
            throw new IllegalStateException(done.client() + " has no operation under way");
        }
        line(done);
    }

    /** At the end of the run. */
    synchronized void log(List<LogEvent> events) throws IOException {
        for (LogEvent event : events) {
            line(event);
        }
    }

    private void line(Object what) throws IOException {
        out.write(History.JSON.writeValueAsString(what));
        out.write('\n');
        out.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        try (out) {
            for (Operation each : underWay.values()) {
                line(each.ended(clock.getAsLong(), Result.UNKNOWN, null, null, null, null));
            }
            underWay.clear();
        }
    }
}
