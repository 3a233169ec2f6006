package io.signalbox.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.signalbox.api.command.CommandNotSentException;
import io.signalbox.api.command.OutcomeUnknownException;
import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.Fixture.Reply;
import io.signalbox.api.http.Guarded;
import io.signalbox.api.http.ScriptedDataPlane;
import io.signalbox.api.query.StoreUnavailableException;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.Command.AlterOffsets;
import io.signalbox.processor.domain.Command.ReportOperation;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.RunState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation of the clouds' dialects, brought to each end that its document promises: good, bad, unauthorised, not found, busy
 * and the others. Each answer is checked against the document wherever one is asked for. An operation that is new in a document fails
 * here until {@link Request} says how it is asked for, and so does a status until {@link #ends} says what leads to it.
 */
class OperationsTest {

    private static final Set<String> DOCUMENTS = Set.of("confluent-connect-v1.yaml", "redpanda-kafka-connect.yaml");

    /** It takes 20 s to be too slow: {@code SlowClientsIT}. */
    private static final int TOO_SLOW = 408;

    private static final String SECRETS = "/v1/kafka-connect/clusters/redpanda/secrets";
    private static final String NONE = "none";
    private static final String NEW = "new";

    private static Fixture guarded;
    private static Guarded.Key viewer;
    private static Guarded.Key stranger;
    private static Fixture limited;

    private final Fixture f = Fixture.withClusters();
    private final ConnectorKey there = Fixture.LOCAL.connector("c");

    static List<Operation> operations() {
        return Contract.ALL.stream()
                .filter(document -> DOCUMENTS.contains(document.toString()))
                .flatMap(document -> Operation.of(document).stream())
                .flatMap(OperationsTest::withQueries)
                .toList();
    }

    /** Confluent's list of names and its expanded list are two operations of one path. */
    private static Stream<Operation> withQueries(Operation operation) {
        return operation.toString().startsWith("confluent-connect-v1.yaml listConnectors ")
                ? Stream.of(operation, operation.with("?expand=id,info,status"))
                : Stream.of(operation);
    }

    @BeforeAll
    static void open() {
        guarded = Guarded.fixture(null);
        guarded.register(Fixture.LOCAL, ClusterSpec.Policies.DEFAULT);
        viewer = Guarded.newKey(guarded, "viewer");
        stranger = Guarded.newKey(guarded, "admin:lab");
        limited = Fixture.withRate(1);
    }

    @AfterAll
    static void closeAll() {
        guarded.close();
        limited.close();
    }

    /** A connector of which one task failed and whose offsets were changed, so that there is something to tell of everything. */
    @BeforeEach
    void prepare() {
        f.worker.answersTo("plugins", 200, "[{\"class\":\"X\",\"type\":\"source\",\"version\":\"1\"}]");
        f.worker.answersTo("info", 200, "{\"version\":\"4.3.1\",\"commit\":\"26b2\",\"kafka_cluster_id\":\"k\"}");
        f.worker.answersTo("offsets", 200, "{\"offsets\":" + Request.OFFSETS + "}");
        f.worker.answersTo("tasks", 200, "[{\"id\":{\"connector\":\"c\",\"task\":0},\"config\":{\"a\":\"1\"}}]");
        f.worker.answersTo("topics", 200, "{\"c\":{\"topics\":[\"t\"]}}");
        f.worker.answersTo("reset", 200, "null");
        f.created("c");
        assertThat(f.post(SECRETS, Request.SECRET.replace("{connector}", "c")).status())
                .isEqualTo(201);
        observed();
        f.log.tell(there, new AlterOffsets(Request.OFFSETS, true));
        offsetsChanged();
        observed();
    }

    private void observed() {
        f.observed(there, RunState.RUNNING, Fixture.task(0, RunState.RUNNING), Fixture.task(1, RunState.FAILED));
    }

    private void offsetsChanged() {
        var now = f.log.find(there).orElseThrow();
        var change = now.offsetsChange().orElseThrow();
        f.log.tell(there, new ReportOperation(now.uid(), change.id(), true, "altered", null, Request.OFFSETS));
    }

    @AfterEach
    void close() {
        f.close();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void what_is_promised_comes_about(Operation operation) {
        var request = Request.ALL.get(operation.contract() + " " + operation.id());
        assertThat(request).as("Say in Request how %s is asked for", operation).isNotNull();
        List<Integer> statuses = new ArrayList<>(operation.statuses());
        // What is good may change something, so it comes last; and who asks a worker must not know the answer yet.
        statuses.sort((a, b) -> Integer.compare(b, a));
        assertThat(statuses)
                .as("%s can be good, bad, asked for by who is not known or may not, and busy", operation)
                .anyMatch(status -> status / 100 == 2)
                .contains(400, 401, 403, 503);
        for (int status : statuses) {
            ends(operation, request, status);
        }
    }

    /** Whoever takes an operation out of a document takes it out here. */
    @Test
    void nothing_is_asked_for_that_there_is_not() {
        assertThat(operations().stream().map(operation -> operation.contract() + " " + operation.id()))
                .containsAll(Request.ALL.keySet());
    }

    private void ends(Operation operation, Request request, int status) {
        switch (status) {
            case 200, 201, 202, 204 -> good(operation, request, status);
            case 304 -> {
                String tag = ask(f, operation, request, "c").header("ETag");
                is(status, operation, ask(f, operation, request, "c", "If-None-Match", tag));
            }
            case 400 -> bad(operation, request);
            case 401 -> {
                is(status, operation, ask(guarded, operation, request, "c"));
                String unknown = Guarded.basic("nobody", "at-all");
                is(status, operation, ask(guarded, operation, request, "c", "Authorization", unknown));
            }
            case 403 -> {
                is(status, operation, ask(guarded, operation, request, "c", "Authorization", stranger.authorization()));
                if (operation.commands()) {
                    is(
                            status,
                            operation,
                            ask(guarded, operation, request, "c", "Authorization", viewer.authorization()));
                }
            }
            case 404 -> notFound(operation, request);
            case 406 -> is(status, operation, ask(f, operation, request, "c", "Accept", "text/html"));
            case TOO_SLOW -> assertThat(operation.takesBody()).isTrue();
            case 409 -> conflict(operation, request);
            case 412 -> is(status, operation, ask(f, operation, request, "c", "If-Match", "\"not-this\""));
            case 413 -> is(status, operation, send(f, operation, "c", "x".repeat(1_100_000)));
            case 415 -> is(status, operation, send(f, operation, "c", "a=b", "Content-Type", "text/plain"));
            case 429 -> tooMany(operation, request);
            case 500 -> broken(operation, request);
            case 503 -> busy(operation, request);
            case 504 -> {
                f.log.breakWith(new OutcomeUnknownException("id-1"));
                is(status, operation, ask(f, operation, request, "c"));
                f.log.breakWith(null);
            }
            default -> fail("Say in OperationsTest.ends how " + operation + " ends with " + status);
        }
    }

    /** Upserts are good about what is there and about what is not; creations only about what is not. */
    private void good(Operation operation, Request request, int status) {
        boolean creation =
                request.creates() && (status == 201 || !operation.statuses().contains(201));
        if (creation) {
            is(status, operation, ask(f, operation, request, NEW));
        }
        if (!creation || status == 200) {
            is(status, operation, ask(f, operation, request, "c"));
        }
    }

    private void bad(Operation operation, Request request) {
        if (operation.takesBody()) {
            is(400, operation, send(f, operation, "c", "{"));
            is(400, operation, send(f, operation, "c", "[]"));
        } else if (operation.reads()) {
            is(400, operation, ask(f, operation, request, "c", "If-None-Match", "no tag"));
        } else {
            is(
                    400,
                    operation,
                    ask(f, operation, request, "c", "Idempotency-Key", "a b", "Signalbox-Consistency", "odd"));
        }
    }

    /** Whatever the path names can be missing. */
    private void notFound(Operation operation, Request request) {
        assertThat(operation.variables()).as("%s", operation).isNotEmpty();
        for (String variable : operation.variables()) {
            if (variable.equals("connector") && request.creates()) {
                continue;
            }
            String path = path(operation, "c", variable);
            is(404, operation, f.send(operation.method(), path, body(request, "c")));
        }
    }

    private void conflict(Operation operation, Request request) {
        if (operation.id().equals("createKafkaConnectSecret")) {
            // A further secret of a name has an id that follows from the key: which may be taken, too.
            String key = "a-further-one";
            String id = "c-"
                    + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8))
                            .toString()
                            .substring(0, 8);
            assertThat(f.post(SECRETS, Request.SECRET.replace("{connector}", id))
                            .status())
                    .isEqualTo(201);
            is(409, operation, ask(f, operation, request, "c", "Idempotency-Key", key));
            return;
        }
        boolean offsets = operation.id().equals("alterOffsets");
        if (offsets) {
            f.log.tell(there, new AlterOffsets(Request.OFFSETS, true));
        }
        is(409, operation, ask(f, operation, request, "c"));
        if (offsets) {
            offsetsChanged();
            observed();
        }
    }

    private void tooMany(Operation operation, Request request) {
        Reply answer;
        int asked = 0;
        do {
            answer = ask(limited, operation, request, "c");
        } while (answer.status() != 429 && asked++ < 100);
        is(429, operation, answer);
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(answer.header("X-RateLimit-Remaining")).isEqualTo("0");
    }

    private void broken(Operation operation, Request request) {
        var bug = new IllegalStateException("a bug");
        f.log.breakWith(bug);
        f.log.breakClustersWith(bug);
        f.worker.breakWith(bug);
        forgetFacts();
        is(500, operation, ask(f, operation, request, "c"));
        f.log.breakWith(null);
        f.log.breakClustersWith(null);
        f.worker.breakWith(null);
        forgetFacts();
    }

    /** The registered clusters are still being read; work moves; Kafka is away; the worker is away, or rebalances. */
    private void busy(Operation operation, Request request) {
        f.log.breakClustersWith(new StoreUnavailableException("still being read", null));
        f.log.breakWith(new StoreUnavailableException("moving", null));
        isBusy(operation, ask(f, operation, request, "c"));
        f.log.breakClustersWith(null);
        f.log.breakWith(null);
        if (operation.commands()) {
            f.log.breakWith(new CommandNotSentException("away", null));
            isBusy(operation, ask(f, operation, request, "c"));
            f.log.breakWith(null);
        }
        if (request.question() != null) {
            f.worker.goesAway();
            isBusy(operation, ask(f, operation, request, "c"));
            f.worker.answers(200, ScriptedDataPlane.SOURCE);
            forgetFacts();
            f.worker.answersTo(
                    request.question(),
                    409,
                    "{\"error_code\":409,\"message\":\"Cannot complete request momentarily due to a rebalance\"}");
            isBusy(operation, ask(f, operation, request, "c"));
            f.worker.answersAgain(request.question());
            forgetFacts();
        }
    }

    /** What workers said of themselves is asked for again. */
    private void forgetFacts() {
        f.nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    }

    private static void isBusy(Operation operation, Reply answer) {
        is(503, operation, answer);
        assertThat(answer.header("Retry-After")).as("%s", operation).isEqualTo("1");
    }

    private static void is(int status, Operation operation, Reply answer) {
        assertThat(answer.status()).as("%s -> %s", operation, answer).isEqualTo(status);
    }

    private static Reply ask(Fixture f, Operation operation, Request request, String connector, String... headers) {
        return send(f, operation, connector, body(request, connector), headers);
    }

    private static Reply send(Fixture f, Operation operation, String connector, String body, String... headers) {
        return f.send(operation.method(), path(operation, connector, null), body, headers);
    }

    private static String body(Request request, String connector) {
        return request.body() == null ? null : request.body().replace("{connector}", connector);
    }

    /** @param missing the variable that is to name what there is not; null for none */
    private static String path(Operation operation, String connector, String missing) {
        String path = operation.template();
        for (String variable : operation.variables()) {
            path = path.replace(
                    "{" + variable + "}", variable.equals(missing) ? NONE : value(operation, variable, connector));
        }
        return path;
    }

    private static String value(Operation operation, String variable, String connector) {
        return switch (variable) {
            case "environment" -> Fixture.LOCAL.environment();
            case "cluster" -> operation.template().startsWith("/connect/") ? Fixture.LOCAL.cluster() : "redpanda";
            case "connector", "id" -> connector;
            case "plugin" -> "X";
            default ->
                throw new IllegalStateException(
                        "Say in OperationsTest.value what {" + variable + "} is in " + operation);
        };
    }
}
