package io.signalbox.processor.dataplane;

import io.signalbox.processor.dataplane.DriverException.Kind;
import io.signalbox.processor.domain.ConnectorStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The statuses of single connectors of one cluster. While few are asked for in a short time, each is asked for by itself; when
 * many settle together they share one list, and there is time between two lists: a worker that starts hundreds of connectors
 * needs its processor for that.
 */
final class StatusLooks {

    /** So many in a {@link #SHORTEST_PAUSE} are always asked for by themselves. */
    static final int FEW = 3;

    /** In a list, a connector costs a worker about so many times less than by itself. */
    private static final int CHEAPER = 32;

    /** Lists may take one part in so many of the time. */
    private static final int SHARE = 4;

    /** Between two lists; and for so long one that was asked for by itself counts after its answer. */
    static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

    /** However long a list took: it may have waited for the worker, and those that settle wait for the next. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** Whom to ask; each may throw a {@link DriverException}. */
    interface Worker {
        Optional<ConnectorStatus> one(String connector);

        Map<String, ConnectorStatus> all();

        /** About how many connectors are in the list. */
        int connectors();
    }

    /** A list that whoever comes before it begins may share. */
    private record Look(CompletableFuture<Map<String, ConnectorStatus>> answer) {}

    private final Worker worker;
    private final Timing timing;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Deque<Long> answered = new ArrayDeque<>();
    private int alone;
    private Look next;
    private long notBefore;

    StatusLooks(Worker worker, Timing timing) {
        this.worker = worker;
        this.timing = timing;
        notBefore = timing.now();
    }

    /**
     * As it is when this is called, or later.
     *
     * @return empty when there is none
     * @throws DriverException as the driver's
     */
    Optional<ConnectorStatus> of(String connector) throws InterruptedException {
        Look shared;
        boolean leads = false;
        lock.lockInterruptibly();
        try {
            boolean few = lately() < Math.max(FEW, worker.connectors() / CHEAPER);
            shared = few ? null : next;
            if (few) {
                alone++;
            } else if (shared == null) {
                shared = new Look(new CompletableFuture<>());
                next = shared;
                leads = true;
            }
        } finally {
            lock.unlock();
        }
        if (shared == null) {
            return alone(connector);
        }
        if (leads) {
            lead(shared);
        }
        return Optional.ofNullable(await(shared).get(connector));
    }

    /** How many lists wait until another one is over. */
    int queued() {
        return turn.getQueueLength();
    }

    /** How many are asked for by themselves, or were a moment ago: a quick worker could be asked by three without an end. */
    private int lately() {
        long since = timing.now() - SHORTEST_PAUSE.toNanos();
        while (!answered.isEmpty() && answered.peekFirst() - since <= 0) {
            answered.removeFirst();
        }
        return alone + answered.size();
    }

    private Optional<ConnectorStatus> alone(String connector) {
        try {
            return worker.one(connector);
        } finally {
            lock.lock();
            try {
                alone--;
                answered.addLast(timing.now());
            } finally {
                lock.unlock();
            }
        }
    }

    /** One list after the other. Who breaks off tells those that wait for him, and they ask again. */
    private void lead(Look look) throws InterruptedException {
        try {
            turn.lockInterruptibly();
            try {
                TimeUnit.NANOSECONDS.sleep(notBefore - timing.now());
                begin(look);
                look.answer().complete(list());
            } finally {
                turn.unlock();
            }
        } catch (RuntimeException e) {
            look.answer().completeExceptionally(e);
        } finally {
            begin(look);
            if (!look.answer().isDone()) {
                look.answer().completeExceptionally(new DriverException(Kind.BROKEN, 0, null, "The look was ended"));
            }
        }
    }

    private Map<String, ConnectorStatus> list() {
        long began = timing.now();
        try {
            return worker.all();
        } finally {
            long now = timing.now();
            long pause = (SHARE - 1) * (now - began);
            notBefore = now + Math.clamp(pause, SHORTEST_PAUSE.toNanos(), LONGEST_PAUSE.toNanos());
        }
    }

    /** From now on nobody can share it any more: it would tell of a time before he asked. */
    private void begin(Look look) {
        lock.lock();
        try {
            if (next == look) {
                next = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private static Map<String, ConnectorStatus> await(Look look) throws InterruptedException {
        try {
            return look.answer().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof DriverException failure ? failure : new IllegalStateException(e.getCause());
        }
    }
}
