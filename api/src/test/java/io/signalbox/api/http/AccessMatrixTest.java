package io.signalbox.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every route, asked by every role, granted at every kind of place, about its own environment and about another one. What
 * each route needs is read from the table in docs/access.md.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessMatrixTest {

    private static final List<String> ROLES = List.of("viewer", "operator", "editor", "admin");

    /** Where roles are granted; what is asked about is default/local/team-a, or lab/blue/team-a. */
    private static final List<String> SCOPES = List.of(
            "",
            ":default",
            ":default/local",
            ":default/local/team-*",
            ":default/local/x-*",
            ":default/local/sm.team-*",
            ":default/else",
            ":lab");

    private static final Map<String, Set<String>> OWN_WHOLE = Map.of(
            "connector", Set.of("", ":default", ":default/local", ":default/local/team-*"),
            "pipeline", Set.of("", ":default", ":default/local", ":default/local/sm.team-*"),
            "cluster", Set.of("", ":default", ":default/local"),
            "environment", Set.of("", ":default"),
            "everywhere", Set.of(""));
    private static final Map<String, Set<String>> OWN_PART = Map.of(
            "cluster", Set.copyOf(SCOPES.subList(0, 6)),
            "environment", Set.copyOf(SCOPES.subList(0, 7)),
            "everywhere", Set.copyOf(SCOPES));

    private Fixture f;
    private final Map<String, Guarded.Key> keys = new HashMap<>();

    @BeforeAll
    void start() {
        f = Guarded.fixture(null);
        f.worker.goesAway();
        register();
        for (String role : ROLES) {
            SCOPES.forEach(scope -> keys.put(role + scope, Guarded.newKey(f, role + scope)));
        }
    }

    @AfterAll
    void stop() {
        f.close();
    }

    private void register() {
        f.register(Fixture.LOCAL, ClusterSpec.Policies.DEFAULT);
        f.register(new ClusterKey("lab", "blue"), ClusterSpec.Policies.DEFAULT);
    }

    static List<AccessTable.Line> routes() {
        return AccessTable.read().stream().filter(AccessTable.Line::guarded).toList();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void who_may_is_let_through_and_nobody_else(AccessTable.Line line) {
        List<String> wrong = new ArrayList<>();
        for (String template : line.templates()) {
            boolean placed = template.contains("{env}");
            for (boolean own : placed ? new boolean[] {true, false} : new boolean[] {true}) {
                String path = filled(template, own);
                for (String role : ROLES) {
                    for (String scope : SCOPES) {
                        check(line, path, own, role, scope, wrong);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private void check(AccessTable.Line line, String path, boolean own, String role, String scope, List<String> wrong) {
        boolean allowed = allowed(line, own, role, scope);
        register();
        int before = f.log.commands().size();
        int asked = f.worker.asked().size();
        var answer = f.send(
                line.method(),
                path,
                body(line),
                "Authorization",
                keys.get(role + scope).authorization(),
                // The stream of events would have no end.
                "Accept",
                path.endsWith("/events") ? "application/json" : "*/*");
        boolean refused = answer.status() == 403 && answer.message().startsWith("Not allowed");
        boolean changed = f.log.commands().size() != before || f.worker.asked().size() != asked;
        if (refused == allowed || answer.status() == 401 || (refused && changed)) {
            wrong.add(role + scope + " " + line.method() + " " + path + " -> " + answer);
        }
    }

    private static boolean allowed(AccessTable.Line line, boolean own, String role, String scope) {
        if (line.role().equals("known")) {
            return true;
        }
        if (ROLES.indexOf(role) < ROLES.indexOf(line.role())) {
            return false;
        }
        if (!own) {
            return scope.isEmpty() || scope.equals(":lab");
        }
        // What is created is named in the body.
        boolean create = line.method().equals("POST")
                && line.path().endsWith("/connectors")
                && !line.path().startsWith("/api/v1/");
        String level = create ? "connector" : line.level();
        return (line.part() && !create ? OWN_PART : OWN_WHOLE).get(level).contains(scope);
    }

    private static String filled(String template, boolean own) {
        return template.replace("{env}", own ? "default" : "lab")
                .replace("{cluster}", own ? "local" : "blue")
                .replace("{connector}", "team-a")
                .replace("{pipeline}", "team-a")
                .replace("{task}", "0")
                .replace("{plugin}", "X")
                .replace("{logger}", "root")
                .replace("{key}", "NONE")
                .replace("{id}", "none");
    }

    private static String body(AccessTable.Line line) {
        return switch (line.toString()
                .replace("/connect/v1" + AccessTable.NAMED, "")
                .replace(AccessTable.REDPANDA + "clusters/{cluster}", "")) {
            case "POST /connectors" -> "{\"name\":\"team-a\",\"config\":{\"connector.class\":\"X\"}}";
            case "POST /connectors/{connector}/offsets/request" -> "{\"type\":\"DELETE\"}";
            case "PUT /connectors/{connector}/config",
                    "PUT /connector-plugins/{plugin}/config/validate",
                    "PUT /connector-plugins/{plugin}/config/translate" -> "{\"connector.class\":\"X\"}";
            case "POST /secrets", "PUT /secrets/{id}" -> "{\"name\":\"none\",\"secret_data\":\"c2VjcmV0\"}";
            case "PUT /signalbox/v1/environments/{env}/clusters/{cluster}" -> "{\"workers\":[\"http://worker:8083\"]}";
            case "POST /signalbox/v1/access/keys" -> "{\"name\":\"x\",\"grants\":[\"viewer\"]}";
            default -> line.method().equals("GET") ? null : "{}";
        };
    }
}
