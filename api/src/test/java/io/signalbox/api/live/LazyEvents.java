package io.signalbox.api.live;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.signalbox.api.http.InMemoryLog;
import io.signalbox.processor.domain.ConnectorKey;
import java.time.Duration;
import org.awaitility.Awaitility;

/** The real feed over what happens in memory, made when it is first asked for. For tests. */
public final class LazyEvents implements LiveEvents, LatestEvents, AutoCloseable {

    private final InMemoryLog log;
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private LiveLimits limits = LiveLimits.DEFAULT;
    private LifecycleFeed feed;

    public LazyEvents(InMemoryLog log) {
        this.log = log;
    }

    /** To be called before anybody asks. */
    public synchronized void limit(LiveLimits to) {
        limits = to;
    }

    public double cutOff() {
        return metrics.get("signalbox.events.cut.off").counter().count();
    }

    private synchronized LifecycleFeed feed() {
        if (feed == null) {
            var topic = new EventLog(3);
            log.listen(recorded -> topic.append(recorded.key(), recorded));
            feed = topic.feed(limits, System::nanoTime, metrics);
            feed.start();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(feed::ready);
        }
        return feed;
    }

    @Override
    public LiveStream fromNow(EventFilter filter) {
        return feed().fromNow(filter);
    }

    @Override
    public LiveStream fromBeginning(EventFilter filter) {
        return feed().fromBeginning(filter);
    }

    @Override
    public LiveStream after(String position, EventFilter filter) {
        return feed().after(position, filter);
    }

    @Override
    public Found latest(ConnectorKey connector) {
        return feed().latest(connector);
    }

    public synchronized void drain() {
        if (feed != null) {
            feed.drain();
        }
    }

    @Override
    public synchronized void close() {
        if (feed != null) {
            feed.close();
        }
    }
}
