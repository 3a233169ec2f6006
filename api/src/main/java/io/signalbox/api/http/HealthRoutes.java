package io.signalbox.api.http;

import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.server.Request;

/** What an operator's tools ask for: is it alive, is it ready, how does it do. */
final class HealthRoutes {

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Readiness readiness;
    private final PrometheusMeterRegistry metrics;

    HealthRoutes(Readiness readiness, PrometheusMeterRegistry metrics) {
        this.readiness = readiness;
        this.metrics = metrics;
    }

    /** Whether it is one of these that come every second for ever, or Kafka Connect's own /health. */
    static boolean isProbe(Request request) {
        var path = RequestLog.path(request);
        return path != null && (path.startsWith("/health") || path.equals("/metrics"));
    }

    void routes(Routes routes) {
        routes.get("/health/live", HealthRoutes::live)
                .get("/health/ready", this::ready)
                .getText("/metrics", this::metrics);
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
