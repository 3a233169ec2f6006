package io.signalbox.api.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** One method and path template with its timers, one for each class of status that was answered. */
final class Route {

    private static final int STATUS_CLASSES = 6;

    private final String method;
    private final String template;
    private final MeterRegistry metrics;
    private final AtomicReferenceArray<Timer> timers = new AtomicReferenceArray<>(STATUS_CLASSES);

    Route(String method, String template, MeterRegistry metrics) {
        this.method = method;
        this.template = template;
        this.metrics = metrics;
    }

    void took(long nanos, int status) {
        int statusClass = Math.clamp(status / 100, 0, STATUS_CLASSES - 1);
        Timer timer = timers.get(statusClass);
        if (timer == null) {
            // The registry gives the same timer for the same name and tags, so a race does no harm.
            timer = Timer.builder("signalbox.http.requests")
                    .description("HTTP requests, from the first byte of the request to the last of the answer")
                    .tag("method", method)
                    .tag("route", template)
                    .tag("status", statusClass + "xx")
                    .register(metrics);
            timers.set(statusClass, timer);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }
}
