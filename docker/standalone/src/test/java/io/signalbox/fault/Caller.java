package io.signalbox.fault;

import io.signalbox.fault.Operation.Kind;
import io.signalbox.fault.Operation.Result;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Performs operations one after another as one client, and writes each into the history. A replica that refuses the connection
 * is passed over, as a load balancer would.
 */
final class Caller {

    /** Before asking again: the system may need its time, and the two cores are not the client's alone. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** All callers of a load count together. */
    static final class Count {
        final LongAdder requests = new LongAdder();
        final LongAdder serverErrors = new LongAdder();
        final LongAdder broken = new LongAdder();
        final LongAdder refusedConnections = new LongAdder();
        final LongAdder acknowledged = new LongAdder();

        /** Requests that a client of a load balancer would have seen fail. */
        long failed() {
            return serverErrors.sum() + broken.sum() + refusedConnections.sum();
        }
    }

    private final String name;
    private final Wire wire;
    private final Doors doors;
    private final Function<Random, List<String>> order;
    private final HistoryWriter history;
    private final Known known;
    private final LongSupplier clock;
    private final Count count;
    private final Random random;

    /** @param order the base URLs to try, for each request */
    Caller(
            String name,
            Wire wire,
            Doors doors,
            Function<Random, List<String>> order,
            HistoryWriter history,
            Known known,
            LongSupplier clock,
            Count count,
            Random random) {
        this.name = name;
        this.wire = wire;
        this.doors = doors;
        this.order = order;
        this.history = history;
        this.known = known;
        this.clock = clock;
        this.count = count;
        this.random = random;
    }

    /** @return the answer, or that there is none; a command without one can be asked for again */
    Operation once(Operation asked) throws IOException, InterruptedException {
        history.begins(asked);
        Operation done = send(asked);
        history.ends(done);
        known.learn(done);
        if (!done.kind().read() && done.result() != Result.UNKNOWN && !done.notTaken()) {
            count.acknowledged.increment();
        }
        return done;
    }

    /**
     * Asks under the same id until there is an answer.
     *
     * @return the last attempt: without an answer when there was none in time
     */
    Operation untilTold(Operation asked, Duration patience) throws IOException, InterruptedException {
        long deadline = clock.getAsLong() + patience.toNanos();
        Operation done = once(asked);
        while ((done.result() == Result.UNKNOWN || done.notTaken()) && clock.getAsLong() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
            done = once(again(asked));
        }
        return done;
    }

    /** The same command, asked for at another time. */
    Operation again(Operation asked) {
        return asked(
                asked.key(), asked.id(), asked.kind(), asked.ifMatch(), asked.config(), asked.initialState(), null);
    }

    Operation asked(
            String key, String id, Kind kind, String ifMatch, String config, TargetState initialState, String token) {
        long now = clock.getAsLong();
        return new Operation(
                name,
                key,
                id,
                kind,
                ifMatch,
                config,
                initialState,
                token,
                now,
                now,
                Result.UNKNOWN,
                null,
                null,
                null,
                null);
    }

    private Operation send(Operation asked) throws InterruptedException {
        for (String base : order.apply(random)) {
            HttpResponse<String> answer;
            count.requests.increment();
            try {
                answer = doors.send(wire.request(base, asked));
            } catch (ConnectException | HttpConnectTimeoutException neverSent) {
                count.refusedConnections.increment();
                continue;
            } catch (IOException broken) {
                count.broken.increment();
                return asked.ended(clock.getAsLong(), Result.UNKNOWN, null, null, null, null);
            }
            if (answer.statusCode() >= 500) {
                count.serverErrors.increment();
            }
            return wire.ended(asked, clock.getAsLong(), answer);
        }
        return asked.ended(clock.getAsLong(), Result.REFUSED, Operation.NOT_TAKEN, null, null, null);
    }
}
