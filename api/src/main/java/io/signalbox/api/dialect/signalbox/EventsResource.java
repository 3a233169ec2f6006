package io.signalbox.api.dialect.signalbox;

import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.http.Access;
import io.signalbox.api.http.EventStream;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Rule;
import io.signalbox.api.live.LiveEvents;
import io.signalbox.api.live.LiveStream;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens, as Server-Sent Events, for as long as the caller listens. */
final class EventsResource {

    private static final Logger LOG = LoggerFactory.getLogger(EventsResource.class);

    /** Short enough for the proxies between, most of which give up after a minute. */
    private static final Duration BEAT = Duration.ofSeconds(10);

    private final LiveEvents events;
    private final LongSupplier nanos;

    EventsResource(LiveEvents events, LongSupplier nanos) {
        this.events = events;
        this.nanos = nanos;
    }

    void routes(Routes routes) {
        routes.getText(Paths.EVENTS, Rule.within(Role.VIEWER, ctx -> Place.EVERYWHERE), this::stream);
    }

    private void stream(Context ctx) throws IOException, InterruptedException {
        EventStream.requireAccepted(ctx);
        var request = EventsRequest.of(ctx);
        if (ctx.req().getMethod().equals("HEAD")) {
            EventStream.headers(ctx);
            return;
        }
        try (LiveStream stream = request.open(events)) {
            EventStream out = EventStream.begin(ctx, stream.position().text());
            stream.onCutOff(out::hangUp);
            try {
                handOn(ctx, stream, out);
            } catch (IOException gone) {
                out.because("the caller is gone: " + gone);
            } catch (RuntimeException e) {
                // The answer has begun: all that can be said is its end, and the caller comes again.
                LOG.warn("stream result=broken-off", e);
                out.because("broken off: " + e);
            }
        }
    }

    private void handOn(Context ctx, LiveStream stream, EventStream out) throws IOException, InterruptedException {
        long last = nanos.getAsLong();
        while (!stream.over()) {
            var deliveries = stream.next(left(last));
            if (!Access.holds(ctx)) {
                out.because("the caller is not let in any more");
                return;
            }
            for (var delivery : deliveries) {
                out.event(delivery.position().text(), delivery.event().json());
            }
            if (!deliveries.isEmpty()) {
                out.flush();
                last = nanos.getAsLong();
            } else if (left(last).isZero()) {
                out.beat(stream.position().text());
                out.flush();
                last = nanos.getAsLong();
            }
        }
    }

    /** @return how long until the next beat */
    private Duration left(long last) {
        long left = BEAT.toNanos() - (nanos.getAsLong() - last);
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }
}
