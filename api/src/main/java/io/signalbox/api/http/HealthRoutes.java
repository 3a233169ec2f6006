package io.signalbox.api.http;

import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;

/** What an operator's tools ask for: is it alive, is it ready, how does it do. */
final class HealthRoutes {

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private static final Set<String> PROBES = Set.of("/health", "/health/live", "/health/ready", "/metrics");

    private final Readiness readiness;
    private final PrometheusMeterRegistry metrics;

    HealthRoutes(Readiness readiness, PrometheusMeterRegistry metrics) {
        this.readiness = readiness;
        this.metrics = metrics;
    }

    /** Whether it is one of these that come every second for ever, or Kafka Connect's own /health. */
    static boolean isProbe(Request request) {
        boolean read = HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
        return read && PROBES.contains(String.valueOf(RequestLog.path(request)));
    }

    void routes(Routes routes) {
        routes.uncounted()
                .get("/health/live", Rule.PUBLIC, HealthRoutes::live)
                .get("/health/ready", Rule.PUBLIC, this::ready)
                .getText("/metrics", Rule.KNOWN, this::metrics);
    }

    private static void live(Context ctx) throws IOException {
        Answer.ok(ctx, json -> {
            json.writeStartObject();
            json.writeStringField("status", "live");
            json.writeEndObject();
        });
    }

    private void ready(Context ctx) throws IOException {
        List<String> waitingFor = readiness.waitingFor();
        boolean stopping = readiness.stopping();
        boolean ready = waitingFor.isEmpty() && !stopping;
        Answer.json(ctx, ready ? 200 : 503, json -> {
            json.writeStartObject();
            json.writeStringField("status", ready ? "ready" : stopping ? "stopping" : "starting");
            if (!waitingFor.isEmpty()) {
                json.writeArrayFieldStart("waiting_for");
                for (String what : waitingFor) {
                    json.writeString(what);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        });
    }

    private void metrics(Context ctx) throws IOException {
        Answer.text(ctx, PROMETHEUS_TEXT, metrics.scrape().getBytes(StandardCharsets.UTF_8));
    }
}
