package io.signalbox.api.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where dialects add their routes. Beside what Javalin does, each route is timed, checks the content types, and every GET
 * answers HEAD, every path OPTIONS.
 */
public final class Routes {

    private final RoutesConfig javalin;
    private final MeterRegistry metrics;
    private final Map<String, List<String>> methods;
    private final String dialect;

    Routes(RoutesConfig javalin, MeterRegistry metrics) {
        this(javalin, metrics, new LinkedHashMap<>(), null);
    }

    private Routes(RoutesConfig javalin, MeterRegistry metrics, Map<String, List<String>> methods, String dialect) {
        this.javalin = javalin;
        this.metrics = metrics;
        this.methods = methods;
        this.dialect = dialect;
    }

    /** The same, for the routes of one dialect. */
    Routes of(String name) {
        return new Routes(javalin, metrics, methods, name);
    }

    public Routes get(String path, Handler handler) {
        addRead(path, ctx -> {
            Negotiation.requireJsonAccepted(ctx);
            handler.handle(ctx);
        });
        return this;
    }

    /** A GET that answers something else than JSON. */
    public Routes getText(String path, Handler handler) {
        addRead(path, handler);
        return this;
    }

    public Routes post(String path, Handler handler) {
        return addWrite(HandlerType.POST, path, handler);
    }

    public Routes put(String path, Handler handler) {
        return addWrite(HandlerType.PUT, path, handler);
    }

    public Routes patch(String path, Handler handler) {
        return addWrite(HandlerType.PATCH, path, handler);
    }

    public Routes delete(String path, Handler handler) {
        return addWrite(HandlerType.DELETE, path, handler);
    }

    /** To be called once, after all dialects: adds what follows from the routes that there are. */
    void close() {
        methods.forEach((path, allowed) -> {
            String allow = String.join(", ", allowed) + ", OPTIONS";
            byte[] body = allow.getBytes(StandardCharsets.US_ASCII);
            add(HandlerType.OPTIONS, path, ctx -> {
                ctx.header("Allow", allow);
                Answer.text(ctx, "text/plain", body);
            });
        });
    }

    /** What is served: methods by path template, but for OPTIONS, which is served everywhere. */
    Map<String, List<String>> table() {
        return Collections.unmodifiableMap(methods);
    }

    private void addRead(String path, Handler handler) {
        remember(path, HandlerType.HEAD);
        remember(path, HandlerType.GET);
        add(HandlerType.GET, path, handler);
        add(HandlerType.HEAD, path, handler);
    }

    private Routes addWrite(HandlerType method, String path, Handler handler) {
        remember(path, method);
        add(method, path, ctx -> {
            Negotiation.requireJsonAccepted(ctx);
            Negotiation.requireJsonSent(ctx);
            handler.handle(ctx);
            Body.discard(ctx);
        });
        return this;
    }

    private void remember(String path, HandlerType method) {
        methods.computeIfAbsent(path, p -> new ArrayList<>()).add(method.name());
    }

    private void add(HandlerType method, String path, Handler handler) {
        var route = new Route(method.name(), path, metrics);
        javalin.addHttpHandler(method, path, ctx -> {
            Exchange.of(ctx).route(route, dialect);
            handler.handle(ctx);
        });
    }
}
