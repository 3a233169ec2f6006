package io.signalbox.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What the worker itself says about its connectors, whoever asked for them. One thread at a time. */
final class WorkerStates implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 300;

    /** No connector of the benchmark has this name. */
    private static final String NOBODY = "/connectors/nobody";

    private static final int QUICK_ANSWERS = 12;
    private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long BETWEEN_ANSWERS_MS = 50;

    private final Connection connection;

    WorkerStates(URI worker) throws IOException {
        connection = new Connection(worker);
    }

    int count() throws IOException {
        return JSON.readTree(connection.get("/connectors")).size();
    }

    /** Returns once the connector and its tasks, of which it has one at least, are in the state. */
    void awaitOne(String name, String state, long everyMs) throws IOException {
        await(name + " " + state, everyMs, () -> is(json("/connectors/" + name + "/status"), state));
    }

    /**
     * Returns once so many connectors with names that begin like that are there, not one more, and all of them and their
     * tasks are in the state; STOPPED is without tasks.
     */
    void awaitAll(String prefix, int count, String state, long everyMs) throws IOException {
        await(count + " " + prefix + "* " + state, everyMs, () -> {
            int there = 0;
            for (var connector : json("/connectors?expand=status").properties()) {
                if (connector.getKey().startsWith(prefix)) {
                    if (!is(connector.getValue().path("status"), state)) {
                        return false;
                    }
                    there++;
                }
            }
            return there == count;
        });
    }

    /**
     * As {@link #awaitAll}, and then until the worker is at rest: what it says of its connectors comes long before it has
     * stopped what was deleted, seven seconds for a hundred tasks, and what is asked for meanwhile waits.
     *
     * @return since when it is at rest, by {@link System#nanoTime}
     */
    long awaitSettled(String prefix, int count, String state, long everyMs) throws IOException {
        awaitAll(prefix, count, state, everyMs);
        long[] since = {System.nanoTime()};
        int[] quick = {0};
        await("rest", BETWEEN_ANSWERS_MS, () -> {
            if (quickly()) {
                quick[0]++;
            } else {
                quick[0] = 0;
                since[0] = System.nanoTime();
            }
            return quick[0] == QUICK_ANSWERS;
        });
        return since[0];
    }

    /** One connector is told by the thread that makes all changes, unlike the list of them. */
    private boolean quickly() throws IOException {
        long begin = System.nanoTime();
        int status = connection.request("GET", NOBODY, "");
        // 409 while the group rebalances.
        return status == 404 && System.nanoTime() - begin < QUICK_NANOS;
    }

    /** Returns once so many connectors with names that begin like that have the value for the setting. */
    void awaitConfig(String prefix, int count, String setting, String value, long everyMs) throws IOException {
        await(count + " " + prefix + "* with " + setting + "=" + value, everyMs, () -> {
            int there = 0;
            for (var connector : json("/connectors?expand=info").properties()) {
                if (connector.getKey().startsWith(prefix)
                        && connector
                                .getValue()
                                .at("/info/config/" + setting)
                                .asText()
                                .equals(value)) {
                    there++;
                }
            }
            return there == count;
        });
    }

    private static boolean is(JsonNode status, String state) {
        if (!status.at("/connector/state").asText().equals(state)
                || status.path("tasks").isEmpty() != state.equals("STOPPED")) {
            return false;
        }
        for (JsonNode task : status.path("tasks")) {
            if (!task.path("state").asText().equals(state)) {
                return false;
            }
        }
        return true;
    }

    private JsonNode json(String path) throws IOException {
        return JSON.readTree(connection.get(path));
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(String what, long everyMs, Condition condition) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("The worker did not come to " + what + " in " + PATIENCE_SECONDS + " s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(everyMs));
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
