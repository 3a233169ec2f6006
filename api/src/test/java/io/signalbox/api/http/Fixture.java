package io.signalbox.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.signalbox.api.access.AccessKeys;
import io.signalbox.api.access.FailedTries;
import io.signalbox.api.access.NewKeys;
import io.signalbox.api.access.SecretHash;
import io.signalbox.api.dialect.confluent.ConfluentDialect;
import io.signalbox.api.dialect.confluent.Enrichment;
import io.signalbox.api.dialect.confluent.ManagedClasses;
import io.signalbox.api.dialect.kafkaconnect.KafkaConnectDialect;
import io.signalbox.api.dialect.redpanda.Bodies;
import io.signalbox.api.dialect.redpanda.RedpandaDialect;
import io.signalbox.api.dialect.redpanda.Version;
import io.signalbox.api.dialect.signalbox.SignalboxDialect;
import io.signalbox.api.dialect.supermetal.SupermetalDialect;
import io.signalbox.api.live.LazyEvents;
import io.signalbox.api.openapi.Contract;
import io.signalbox.api.openapi.DocumentRoutes;
import io.signalbox.api.query.Outlooks;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.api.validation.ConfigValidation;
import io.signalbox.processor.dataplane.connect.AllowedWorkers;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TaskStatus;
import io.signalbox.processor.secrets.KeySets;
import io.signalbox.processor.secrets.References;
import io.signalbox.processor.secrets.Sealer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** A real server on a free port with the rules in memory and a scripted worker behind it. For tests. */
public final class Fixture implements AutoCloseable {

    public static final ClusterKey LOCAL = new ClusterKey("default", "local");
    public static final Sealer SEALER = KeySets.fresh();
    public static final Duration UNDELETE = Duration.ofHours(1);
    public static final String OTHER = "/environments/lab/clusters/blue";

    /** Tests ask as often as they can. */
    private static final int NO_RATE = 0;

    private static final SecureRandom RANDOM = new SecureRandom();

    public final InMemoryLog log = new InMemoryLog();
    public final ScriptedDataPlane worker = new ScriptedDataPlane();
    public final ScriptedDatabases databases = new ScriptedDatabases();
    public final AtomicLong nanos = new AtomicLong();
    public final AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    public final LazyEvents events = new LazyEvents(log);
    private volatile Outlooks.Found outlook = Outlooks.Found.unknown("nobody was asked");
    private final AtomicLong ids = new AtomicLong();
    private volatile List<String> waitingFor = List.of();
    private volatile boolean stopping;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    public Fixture() {
        this(keys -> Guard.OPEN);
    }

    /** @param guards says who is let in, given the access keys that there are */
    public Fixture(Function<AccessKeys, Guard> guards) {
        this(guards, SEALER, NO_RATE, HttpSettings.READ_LINES);
    }

    private Fixture(Function<AccessKeys, Guard> guards, Sealer sealer, int rate, int readLines) {
        var guard = guards.apply(log.accessKeys());
        var submitter = new Submitter(log, () -> "id-" + ids.incrementAndGet());
        var secrets = new Secrets(sealer, References.to(log.storedSecrets(), sealer), log, worker);
        var readiness = new Readiness() {
            @Override
            public List<String> waitingFor() {
                return waitingFor;
            }

            @Override
            public boolean stopping() {
                return stopping;
            }
        };
        server = new HttpServer(
                new HttpSettings(new Listener("http.port", "127.0.0.1", 0, null), null, null, 1_000, rate, readLines),
                List.of(
                        new KafkaConnectDialect(
                                LOCAL,
                                submitter,
                                log,
                                log,
                                worker,
                                new ConfigValidation(worker),
                                secrets,
                                readiness,
                                nanos::get,
                                clock::get),
                        new SignalboxDialect(
                                submitter,
                                log,
                                AllowedWorkers.ANY,
                                log,
                                new ConfigValidation(worker),
                                secrets,
                                UNDELETE,
                                events,
                                events,
                                key -> outlook,
                                log.accessKeys(),
                                new NewKeys(RANDOM, new SecretHash(RANDOM, 1_000)),
                                nanos::get,
                                clock::get),
                        new ConfluentDialect(
                                LOCAL,
                                submitter,
                                log,
                                log,
                                worker,
                                new ConfigValidation(worker),
                                secrets,
                                ManagedClasses.standard().with(customPlugin()),
                                new Enrichment("aws", "us-west-2", "PLAINTEXT://kafka:9092"),
                                nanos::get,
                                clock::get),
                        new SupermetalDialect(
                                LOCAL,
                                "kafka:9092",
                                604_800_000,
                                submitter,
                                log,
                                log,
                                log.pipelines(),
                                new ConfigValidation(worker),
                                secrets,
                                databases,
                                RANDOM,
                                clock::get),
                        redpanda(Version.V1, submitter, secrets),
                        redpanda(Version.V1_ALPHA_2, submitter, secrets),
                        new DocumentRoutes()),
                guard,
                readiness,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                "test");
    }

    /** A line of the table of Confluent's classes for a plugin that somebody brought along. */
    private static Properties customPlugin() {
        var lines = new Properties();
        lines.put("ccp-lq5m06", "com.example.CustomConnector");
        return lines;
    }

    /** With the default cluster and {@link #OTHER} registered. */
    public static Fixture withClusters() {
        return withClusters(SEALER);
    }

    /** The same with other keys. */
    public static Fixture withClusters(Sealer sealer) {
        return withClusters(sealer, NO_RATE, HttpSettings.READ_LINES);
    }

    /** The same where each caller may make so many requests a second. */
    public static Fixture withRate(int perSecond) {
        return withClusters(SEALER, perSecond, HttpSettings.READ_LINES);
    }

    /** The same where so many reads a second have a line in the log. */
    static Fixture withReadLines(int perSecond) {
        return withClusters(SEALER, NO_RATE, perSecond);
    }

    /** One that asks who calls, where each caller may make so many requests a second; without clusters. */
    public static Fixture guarded(int perSecond) {
        var tries = new FailedTries(NO_RATE, new SimpleMeterRegistry());
        return new Fixture(keys -> Guarded.guard(keys, null, tries), SEALER, perSecond, HttpSettings.READ_LINES);
    }

    private static Fixture withClusters(Sealer sealer, int rate, int readLines) {
        var fixture = new Fixture(keys -> Guard.OPEN, sealer, rate, readLines);
        fixture.register(LOCAL, ClusterSpec.Policies.DEFAULT);
        fixture.register(new ClusterKey("lab", "blue"), ClusterSpec.Policies.DEFAULT);
        return fixture;
    }

    private Dialect redpanda(Version version, Submitter submitter, Secrets secrets) {
        return new RedpandaDialect(
                version,
                Bodies.DOCUMENTED,
                LOCAL,
                submitter,
                log,
                log,
                worker,
                new ConfigValidation(worker),
                secrets,
                log.storedSecrets(),
                nanos::get);
    }

    public void register(ClusterKey key, ClusterSpec.Policies policies) {
        log.tell(
                key, new Command.RegisterCluster(new ClusterSpec(List.of("http://worker:8083"), null, null, policies)));
    }

    /** What the reconciler is about, with every connector. */
    public void outlook(Outlooks.Found now) {
        outlook = now;
    }

    public void stopping() {
        stopping = true;
    }

    public void waitingFor(String... what) {
        waitingFor = List.of(what);
    }

    /** Creates a source on the default cluster. */
    public ConnectorKey created(String name) {
        var answer = post("/connectors", "{\"name\":\"" + name + "\",\"config\":{\"connector.class\":\"X\"}}");
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.toString());
        }
        return LOCAL.connector(name);
    }

    /** The data plane is seen to run it, with these tasks. */
    public void observed(ConnectorKey key, RunState state, TaskStatus... tasks) {
        var now = log.find(key).orElseThrow();
        log.tell(
                key,
                new Command.ReportStatus(
                        now.uid(),
                        now.generation(),
                        new ConnectorStatus(state, "w:8083", "4.3.1", null, ConnectorType.SOURCE, List.of(tasks))));
    }

    public static TaskStatus task(int id, RunState state) {
        String trace = state == RunState.FAILED ? "java.lang.Boom" : null;
        return new TaskStatus(id, state, "w:8083", "4.3.1", trace);
    }

    /** What came back. */
    public record Reply(int status, String body, HttpResponse<String> raw) {

        public JsonNode json() {
            try {
                return Json.MAPPER.readTree(body);
            } catch (IOException e) {
                throw new AssertionError("No JSON: " + body, e);
            }
        }

        public String header(String name) {
            return raw.headers().firstValue(name).orElse(null);
        }

        public String message() {
            var body = json();
            return body.path("message").asText(body.at("/error/message").asText());
        }

        @Override
        public String toString() {
            return status + " " + body;
        }
    }

    public Reply get(String path) {
        return send("GET", path, null);
    }

    public Reply post(String path, String body) {
        return send("POST", path, body);
    }

    public Reply put(String path, String body) {
        return send("PUT", path, body);
    }

    public Reply patch(String path, String body) {
        return send("PATCH", path, body);
    }

    public Reply delete(String path) {
        return send("DELETE", path, null);
    }

    /** @param headers names and values by turns, beside the JSON content type of what has a body */
    public Reply send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(uri(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null && !List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = client.send(request.build(), BodyHandlers.ofString());
            Contract.check(response);
            return new Reply(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Sends bytes as they are, for what no client would send; the connection is closed by the server. */
    public String raw(String head) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    /** What is served: methods by path template. */
    public Map<String, List<String>> served() {
        return server.served();
    }

    /** Who may use it: by method and path template, with a space between. */
    public Map<String, Rule> rules() {
        return server.rules();
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        events.drain();
        client.close();
        server.close();
        events.close();
    }
}
