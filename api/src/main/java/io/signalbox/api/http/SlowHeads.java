package io.signalbox.api.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which the head of a request does not become whole in time. Jetty's idle timeout begins again with
 * each byte, so that one byte a second would hold a connection for hours. A bean of the connector.
 */
final class SlowHeads extends AbstractLifeCycle implements Connection.Listener {

    /**
     * @param messages how many requests the connection had by then
     * @param bytes how many bytes of requests
     * @param answering whether the last of them had no answer yet, so that bytes that come may be of its body
     * @param since nanoseconds; until then it had nothing that is not whole
     */
    private record Progress(long messages, long bytes, boolean answering, long since) {}

    private final Map<Connection, Progress> open = new ConcurrentHashMap<>();
    private final Scheduler scheduler;
    private final LongSupplier nanos;
    private final Duration longest;
    private final Duration every;

    /** @param longest how long a head may take, about: it is looked at four times as often */
    SlowHeads(Scheduler scheduler, LongSupplier nanos, Duration longest) {
        this.scheduler = scheduler;
        this.nanos = nanos;
        this.longest = longest;
        every = longest.dividedBy(4);
    }

    @Override
    protected void doStart() {
        next();
    }

    @Override
    public void onOpened(Connection connection) {
        open.put(connection, new Progress(0, 0, false, nanos.getAsLong()));
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    private void next() {
        scheduler.schedule(this::look, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (!isStopping() && !isStopped()) {
            close();
            next();
        }
    }

    private void close() {
        long now = nanos.getAsLong();
        open.replaceAll((connection, before) -> after(connection, before, now));
        open.forEach((connection, progress) -> {
            if (now - progress.since() > longest.toNanos()) {
                connection.close();
            }
        });
    }

    private static Progress after(Connection connection, Progress before, long now) {
        long requests = connection.getMessagesIn();
        long bytes = connection.getBytesIn();
        boolean answering = requests != connection.getMessagesOut();
        boolean partly = !answering && !before.answering() && requests == before.messages() && bytes != before.bytes();
        return partly ? before : new Progress(requests, bytes, answering, now);
    }
}
