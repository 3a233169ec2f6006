package io.signalbox.api.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where dialects add their routes, each with the rule who may use it, which is looked at before anything else. Beside what
 * Javalin does, each route is timed, counted for its caller, checks the content types, and every GET answers HEAD, every path
 * OPTIONS, which is open to all.
 */
public final class Routes {

    private final RoutesConfig javalin;
    private final MeterRegistry metrics;
    private final Map<String, List<String>> methods;
    private final String dialect;
    private final Map<String, Rule> rules;
    private final Guard guard;
    private final Rates rates;
    private final boolean counted;

    Routes(RoutesConfig javalin, MeterRegistry metrics, Guard guard, Rates rates) {
        this(javalin, metrics, rates.counting(guard), rates, new LinkedHashMap<>(), new LinkedHashMap<>(), null, true);
    }

    private Routes(
            RoutesConfig javalin,
            MeterRegistry metrics,
            Guard guard,
            Rates rates,
            Map<String, List<String>> methods,
            Map<String, Rule> rules,
            String dialect,
            boolean counted) {
        this.guard = guard;
        this.rates = rates;
        this.counted = counted;
        this.rules = rules;
        this.javalin = javalin;
        this.metrics = metrics;
        this.methods = methods;
        this.dialect = dialect;
    }

    /** The same, for the routes of one dialect. */
    Routes of(String name) {
        return new Routes(javalin, metrics, guard, rates, methods, rules, name, counted);
    }

    /** The same, for routes that cost their callers nothing: probes, and pages that are the same for everybody. */
    public Routes uncounted() {
        return new Routes(javalin, metrics, guard, rates, methods, rules, dialect, false);
    }

    public Routes get(String path, Rule rule, Handler handler) {
        addRead(path, rule, ctx -> {
            Negotiation.requireJsonAccepted(ctx);
            handler.handle(ctx);
        });
        return this;
    }

    /** A GET that answers something else than JSON. */
    public Routes getText(String path, Rule rule, Handler handler) {
        addRead(path, rule, handler);
        return this;
    }

    public Routes post(String path, Rule rule, Handler handler) {
        return addWrite(HandlerType.POST, path, rule, handler);
    }

    public Routes put(String path, Rule rule, Handler handler) {
        return addWrite(HandlerType.PUT, path, rule, handler);
    }

    public Routes patch(String path, Rule rule, Handler handler) {
        return addWrite(HandlerType.PATCH, path, rule, handler);
    }

    /** A PATCH whose body may say that it is a JSON Merge Patch. */
    public Routes mergePatch(String path, Rule rule, Handler handler) {
        return addWrite(HandlerType.PATCH, path, rule, handler, Negotiation::requireMergePatchSent);
    }

    public Routes delete(String path, Rule rule, Handler handler) {
        return addWrite(HandlerType.DELETE, path, rule, handler);
    }

    /** To be called once, after all dialects: adds what follows from the routes that there are. */
    void close() {
        Map<String, Rule> hidden = new LinkedHashMap<>();
        methods.forEach((path, allowed) -> {
            var rule = rules.get(allowed.getFirst() + " " + path);
            if (rule instanceof Rule.Replicas) {
                hidden.put(path.substring(0, path.indexOf('/', 1)) + "/*", rule);
            }
            String allow = String.join(", ", allowed) + ", OPTIONS";
            byte[] body = allow.getBytes(StandardCharsets.US_ASCII);
            add(HandlerType.OPTIONS, path, rule instanceof Rule.Replicas ? rule : Rule.PUBLIC, ctx -> {
                ctx.header("Allow", allow);
                Answer.text(ctx, "text/plain", body);
            });
        });
        // Whatever it is asked for: otherwise a 405 would tell that there is something.
        hidden.forEach((paths, rule) -> {
            var any = new Route("any", paths, metrics);
            javalin.before(paths, ctx -> admit(ctx, rule, any));
        });
    }

    /** What is served: methods by path template, but for OPTIONS, which is served everywhere. */
    Map<String, List<String>> table() {
        return Collections.unmodifiableMap(methods);
    }

    /** Who may use what is served: by method and path template, with a space between. */
    Map<String, Rule> rules() {
        return Collections.unmodifiableMap(rules);
    }

    private void addRead(String path, Rule rule, Handler handler) {
        remember(path, HandlerType.HEAD);
        remember(path, HandlerType.GET);
        add(HandlerType.GET, path, rule, handler);
        add(HandlerType.HEAD, path, rule, handler);
    }

    private Routes addWrite(HandlerType method, String path, Rule rule, Handler handler) {
        return addWrite(method, path, rule, handler, Negotiation::requireJsonSent);
    }

    private Routes addWrite(
            HandlerType method, String path, Rule rule, Handler handler, Consumer<Context> requireSent) {
        remember(path, method);
        add(method, path, rule, ctx -> {
            Negotiation.requireNoForeignPage(ctx);
            Negotiation.requireJsonAccepted(ctx);
            Negotiation.requireUnpacked(ctx);
            requireSent.accept(ctx);
            handler.handle(ctx);
            Body.discard(ctx);
        });
        return this;
    }

    private void remember(String path, HandlerType method) {
        methods.computeIfAbsent(path, p -> new ArrayList<>()).add(method.name());
    }

    private void add(HandlerType method, String path, Rule rule, Handler handler) {
        var route = new Route(method.name(), path, metrics);
        rules.put(method.name() + " " + path, rule);
        javalin.addHttpHandler(method, path, ctx -> {
            admit(ctx, rule, route);
            handler.handle(ctx);
        });
    }

    private void admit(Context ctx, Rule rule, Route route) {
        var exchange = Exchange.of(ctx);
        if (!exchange.entrance().leadsTo(rule)) {
            throw Refusal.noSuchRoute();
        }
        exchange.route(route, dialect);
        if (!counted) {
            exchange.uncounted();
        }
        rule.admit(ctx, guard);
        if (rule instanceof Rule.Replicas) {
            exchange.uncounted();
        }
        rates.admit(ctx, exchange.principal());
    }
}
