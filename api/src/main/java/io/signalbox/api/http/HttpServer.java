package io.signalbox.api.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinLogger;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: Javalin on Jetty, every request on a virtual thread. */
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private static final long IDLE_MS = 90_000;

    /**
     * For more than Java's 50 that come at once, while the machine is busy, there would be no room: they would be let in by the
     * system's next tries, up to a minute later, or not at all. Linux's limit, {@code net.core.somaxconn}, is 4,096 by default.
     */
    private static final int NOT_YET_ACCEPTED = 1_024;

    private static final long STOP_MS = 5_000;
    private static final Duration LONGEST_HEAD = Duration.ofSeconds(20);
    private static final int HEADER_BYTES = 16 * 1024;

    /** Names may hold slashes, percent signs, dots and backslashes, so these may come encoded in a path. */
    private static final UriCompliance URIS = UriCompliance.RFC3986.with(
            "signalbox",
            Violation.AMBIGUOUS_PATH_SEPARATOR,
            Violation.AMBIGUOUS_PATH_ENCODING,
            Violation.AMBIGUOUS_PATH_SEGMENT,
            Violation.SUSPICIOUS_PATH_CHARACTERS);

    private final HttpSettings settings;
    private final Javalin javalin;
    private final AtomicReference<Map<String, List<String>>> served = new AtomicReference<>();
    private final AtomicReference<Map<String, Rule>> rules = new AtomicReference<>();
    private final Map<Listener, ServerConnector> connectors = new ConcurrentHashMap<>();

    /**
     * Takes the port and answers from now on.
     *
     * @param dialects in the order in which their routes are tried; one of them has an empty prefix
     * @param guard finds out who asks
     * @param processId what no other process uses: request ids begin with it
     * @throws CannotListenException when the port cannot be taken
     */
    public HttpServer(
            HttpSettings settings,
            List<Dialect> dialects,
            Guard guard,
            Readiness readiness,
            PrometheusMeterRegistry metrics,
            String processId) {
        this.settings = settings;
        JavalinLogger.startupInfo = false;
        var rates = new Rates(settings.rate(), metrics);
        javalin = Javalin.create(config -> {
            configure(config);
            config.jetty.modifyServer(server -> configure(server, settings, readiness, metrics, processId));
            var routes = new Routes(config.routes, metrics, guard, rates);
            dialects.forEach(dialect -> dialect.routes(routes.of(dialect.name())));
            new HealthRoutes(readiness, metrics).routes(routes);
            routes.close();
            served.set(routes.table());
            rules.set(routes.rules());
            new ErrorMapper(dialects, rates).register(config.routes);
        });
        javalin.start();
        LOG.info("Listening on port {}", port());
    }

    /**
     * Tells early that the port cannot be taken.
     *
     * @throws CannotListenException as the constructor
     */
    public static void requireFree(HttpSettings settings) {
        settings.listeners().forEach(HttpServer::requireFree);
    }

    private static void requireFree(Listener listener) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(
                    listener.host() == null
                            ? new InetSocketAddress(listener.port())
                            : new InetSocketAddress(listener.host(), listener.port()));
        } catch (IOException e) {
            throw cannotListen(listener, e);
        }
    }

    /** What is served: methods by path template, but for OPTIONS, which is served everywhere. */
    Map<String, List<String>> served() {
        return served.get();
    }

    /** Who may use what is served: by method and path template, with a space between. */
    Map<String, Rule> rules() {
        return rules.get();
    }

    public int port() {
        return port(settings.plain());
    }

    /** @return -1 when there is no TLS */
    public int tlsPort() {
        return port(settings.secure());
    }

    /** @return where other replicas come in; -1 when that is where everybody does */
    public int replicasPort() {
        return port(settings.replicas());
    }

    private int port(Listener listener) {
        return listener == null ? -1 : connectors.get(listener).getLocalPort();
    }

    /** Ends what is under way, for a few seconds at most, and frees the port. */
    @Override
    public void close() {
        javalin.stop();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.defaultContentType = Answer.JSON;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.router.javaLangErrorHandler(HttpServer::fatal);
        config.jetty.threadPool = threads();
        config.jetty.modifyHttpConfiguration(HttpServer::configure);
        config.jetty.modifyServletContextHandler(handler -> {
            handler.setErrorHandler(new JettyErrors());
            handler.setSessionHandler(new NoSessions());
        });
        for (Listener listener : settings.listeners()) {
            config.jetty.addConnector((server, http) -> listen(server, http, listener));
        }
    }

    /** Selectors on platform threads, requests on virtual ones. */
    private static QueuedThreadPool threads() {
        var pool = new QueuedThreadPool(64, 4);
        pool.setName("http");
        pool.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("http-"));
        return pool;
    }

    private static void configure(HttpConfiguration http) {
        http.setUriCompliance(URIS);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
    }

    private static void configure(
            Server server,
            HttpSettings settings,
            Readiness readiness,
            PrometheusMeterRegistry metrics,
            String processId) {
        var crowd = new Crowd(settings.requests());
        Gauge.builder("signalbox.http.requests.active", crowd, Crowd::inside)
                .description("Requests that are being answered, streams of events among them")
                .register(metrics);
        server.setHandler(new FrontDoor(processId, readiness, crowd));
        server.setErrorHandler(new JettyErrors());
        server.setRequestLog(new RequestLog(metrics, new ReadLines(settings.readLines())));
        server.setStopTimeout(STOP_MS);
    }

    private ServerConnector listen(Server server, HttpConfiguration http, Listener listener) {
        var connector = listener.tls() == null
                ? new ServerConnector(server, new HttpConnectionFactory(http))
                : TlsConnector.of(server, http, listener.tls());
        connector.setName(entrance(listener).name());
        connector.setHost(listener.host());
        connector.setPort(listener.port());
        limit(connector);
        try {
            connector.open();
        } catch (IOException e) {
            throw cannotListen(listener, e);
        }
        connectors.put(listener, connector);
        return connector;
    }

    private Entrance entrance(Listener listener) {
        if (settings.replicas() == null) {
            return Entrance.COMMON;
        }
        return listener.equals(settings.replicas()) ? Entrance.REPLICAS : Entrance.USERS;
    }

    private static void limit(ServerConnector connector) {
        connector.setIdleTimeout(IDLE_MS);
        connector.setAcceptQueueSize(NOT_YET_ACCEPTED);
        connector.addBean(new SlowHeads(connector.getScheduler(), System::nanoTime, LONGEST_HEAD));
    }

    private static CannotListenException cannotListen(Listener listener, IOException e) {
        Throwable cause = e instanceof BindException ? e : e.getCause();
        boolean taken = cause instanceof BindException bind
                && String.valueOf(bind.getMessage()).contains("in use");
        String message = taken
                ? "Port " + listener.port() + " is taken: stop what listens there or set " + listener.setting()
                : "Cannot listen on " + (listener.host() == null ? "" : listener.host() + ":") + listener.port() + ": "
                        + (cause == null ? e : cause).getMessage();
        return new CannotListenException(message, e);
    }

    /** The virtual machine is in trouble, and the caller's answer is the least of it: it must not need much. */
    private static void fatal(HttpServletResponse response, Error error) {
        LOG.error("A request ended in an error of the virtual machine", error);
        byte[] body = "{\"error_code\":500,\"message\":\"Internal error\"}".getBytes(StandardCharsets.US_ASCII);
        response.setContentLength(body.length);
        try {
            response.getOutputStream().write(body);
        } catch (IOException e) {
            LOG.debug("The caller of the failed request is gone", e);
        }
    }
}
