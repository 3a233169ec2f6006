package io.signalbox.api.dialect.redpanda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.command.CommandNotSentException;
import io.signalbox.api.command.OutcomeUnknownException;
import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.Fixture.Reply;
import io.signalbox.api.http.Guarded;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.Command.CreateSecret;
import io.signalbox.processor.domain.Sealed;
import io.signalbox.processor.domain.SecretId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operations of Redpanda's SecretService. */
class SecretsTest {

    private static final String V1 = "/v1/kafka-connect/clusters/redpanda/secrets";

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String body(String name, String data) {
        return "{\"name\":\"" + name + "\",\"secret_data\":\"" + base64(data) + "\"}";
    }

    private static String update(String data) {
        return "{\"secret_data\":\"" + base64(data) + "\"}";
    }

    private Reply created(String name, String data) {
        var answer = f.post(V1, body(name, data));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer;
    }

    private static String field(Reply answer) {
        return answer.json().at("/details/1/field_violations/0/field").asText();
    }

    @Test
    void what_is_stored_is_sealed_and_answered_by_nobody() {
        var answer = f.post(
                V1,
                "{\"name\":\"pg\",\"secretData\":\"" + base64("{\"password\":\"hunter2\"}")
                        + "\",\"labels\":{\"component\":\"connectors\"},\"unknown\":{}}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body())
                .isEqualTo("{\"secret\":{\"id\":\"pg\",\"labels\":{\"component\":\"connectors\"},\"scopes\":[]}}");
        assertThat(answer.header("Location")).isEqualTo(V1 + "/pg");
        assertThat(f.get(V1 + "/pg").body()).isEqualTo(answer.body());
        assertThat(f.get(V1).body())
                .isEqualTo("{\"secrets\":[{\"id\":\"pg\",\"labels\":{\"component\":\"connectors\"},\"scopes\":[]}],"
                        + "\"next_page_token\":\"\"}");
        var id = SecretId.of(Fixture.LOCAL, "pg");
        var stored = f.log.storedSecrets().find(id).orElseThrow();
        assertThat(Sealed.is(stored.data())).isTrue();
        assertThat(Fixture.SEALER.open(id, stored.data())).isEqualTo("{\"password\":\"hunter2\"}");
        assertThat(f.log.events().toString() + f.log.commands()).doesNotContain("hunter2");
        assertThat(f.log.events().getLast().origin().dialect()).isEqualTo("redpanda");
    }

    @Test
    void the_earlier_version_has_no_object_around_it() {
        String alpha = V1.replace("/v1/", "/v1alpha2/");
        var answer = f.post(alpha, body("pg", "x"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("{\"id\":\"pg\",\"labels\":{},\"scopes\":[]}");
        assertThat(f.get(alpha + "/pg").body()).isEqualTo(answer.body());
        assertThat(f.get(V1 + "/pg").json().at("/secret/id").asText()).isEqualTo("pg");
        assertThat(f.put(alpha + "/pg", update("y")).body()).isEqualTo(answer.body());
        assertThat(f.delete(alpha + "/pg").status()).isEqualTo(204);
    }

    /** Console's wizard stores one secret for each setting, all of them under the name of the connector. */
    @Test
    void a_connector_may_have_several_and_each_has_an_id_of_its_own() {
        created("pg", "one");
        var second = f.send("POST", V1, body("pg", "two"), "Idempotency-Key", "second");
        assertThat(second.status()).isEqualTo(201);
        String id = second.json().at("/secret/id").asText();
        assertThat(id).matches("pg-[0-9a-f]{8}");
        var again = f.send("POST", V1, body("pg", "two"), "Idempotency-Key", "second");
        assertThat(again.body()).isEqualTo(second.body());
        assertThat(created("pg", "three").json().at("/secret/id").asText())
                .isNotEqualTo(id)
                .startsWith("pg-");
        assertThat(f.get(V1).json().path("secrets")).hasSize(3);
        assertThat(f.send("PUT", V1 + "/pg", update("four"), "Idempotency-Key", "id-1")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void who_wants_none_but_the_first_says_so() {
        created("pg", "one");
        var answer = f.send("POST", V1, body("pg", "two"), "If-None-Match", "*");
        assertThat(answer.status()).isEqualTo(412);
        assertThat(answer.json().path("code").asText()).isEqualTo("FAILED_PRECONDITION");
        assertThat(f.get(V1).json().path("secrets")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|name",
                "{\"name\":\"pg\"}|secret_data",
                "{\"name\":\"pg\",\"secret_data\":\"\"}|secret_data",
                "{\"name\":\"pg\",\"secret_data\":\"%%%\"}|secret_data",
                "{\"name\":\"pg\",\"secret_data\":\"/////w==\"}|secret_data",
                "{\"name\":\"p g\",\"secret_data\":\"eA==\"}|name",
                "{\"name\":\"p:g\",\"secret_data\":\"eA==\"}|name",
                "{\"name\":\"pg\",\"secret_data\":\"eA==\",\"labels\":{\"a\":\"<b>\"}}|labels",
                "{\"name\":\"pg\",\"secret_data\":\"eA==\",\"labels\":{\"\":\"b\"}}|labels"
            })
    void what_is_wrong_with_a_field_is_a_violation(String body, String field) {
        var answer = f.post(V1, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.json().path("code").asText()).isEqualTo("INVALID_ARGUMENT");
        assertThat(answer.json().at("/details/0/reason").asText()).isEqualTo("REASON_INVALID_INPUT");
        assertThat(field(answer)).isEqualTo(field);
        assertThat(f.log.commands()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"name\":5,\"secret_data\":\"eA==\"}",
                "{\"name\":\"pg\",\"secret_data\":[1]}",
                "{\"name\":\"pg\",\"secret_data\":\"eA==\",\"labels\":[]}",
                "{\"name\":\"pg\",\"secret_data\":\"eA==\",\"labels\":{\"a\":1}}"
            })
    void what_is_no_such_body_is_400_and_repeats_nothing(String body) {
        var answer = f.post(V1, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("eA==");
        assertThat(f.log.commands()).hasSize(2);
    }

    @Test
    void it_may_have_so_many_bytes_and_no_more_and_be_in_any_base64() {
        assertThat(f.post(V1, body("big", "x".repeat(65_536))).status()).isEqualTo(201);
        var answer = f.post(V1, body("bigger", "x".repeat(65_537)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(field(answer)).isEqualTo("secret_data");
        String urlSafe =
                Base64.getUrlEncoder().withoutPadding().encodeToString("??>>ü".getBytes(StandardCharsets.UTF_8));
        assertThat(f.post(V1, "{\"name\":\"url\",\"secret_data\":\"" + urlSafe + "\"}")
                        .status())
                .isEqualTo(201);
        var id = SecretId.of(Fixture.LOCAL, "url");
        assertThat(Fixture.SEALER.open(
                        id, f.log.storedSecrets().find(id).orElseThrow().data()))
                .isEqualTo("??>>ü");
    }

    @Test
    void a_replacement_keeps_labels_that_it_does_not_name() {
        f.post(V1, "{\"name\":\"pg\",\"secret_data\":\"eA==\",\"labels\":{\"a\":\"1\"}}");
        var kept = f.put(V1 + "/pg", update("y"));
        assertThat(kept.status()).isEqualTo(200);
        assertThat(kept.body()).isEqualTo("{\"secret\":{\"id\":\"pg\",\"labels\":{\"a\":\"1\"},\"scopes\":[]}}");
        var other = f.put(V1 + "/pg", "{\"secret_data\":\"eA==\",\"labels\":{\"b\":\"2\"}}");
        assertThat(other.body()).isEqualTo("{\"secret\":{\"id\":\"pg\",\"labels\":{\"b\":\"2\"},\"scopes\":[]}}");
        assertThat(f.get(V1 + "/pg").body()).isEqualTo(other.body());
        assertThat(field(f.put(V1 + "/pg", "{}"))).isEqualTo("secret_data");
    }

    @Test
    void what_is_not_there_is_404_and_what_is_deleted_is_no_longer() {
        for (String method : List.of("GET", "PUT", "DELETE")) {
            var answer = f.send(method, V1 + "/none", method.equals("PUT") ? update("x") : null);
            assertThat(answer.status()).as(method).isEqualTo(404);
            assertThat(answer.message()).isEqualTo("Secret none not found");
            assertThat(answer.json().path("code").asText()).isEqualTo("NOT_FOUND");
        }
        created("pg", "x");
        assertThat(f.delete(V1 + "/pg").status()).isEqualTo(204);
        assertThat(f.get(V1 + "/pg").status()).isEqualTo(404);
        assertThat(f.delete(V1 + "/pg").status()).isEqualTo(404);
        created("pg", "y");
        assertThat(f.get(V1).json().path("secrets")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a+b=c@d.e-f_g", "100%", "a%2Fb", "..", "/"})
    void an_id_is_one_segment_whatever_it_holds(String id) {
        created(id, "x");
        String path = V1 + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("..", "%2E%2E");
        assertThat(f.get(path).json().at("/secret/id").asText()).isEqualTo(id);
        assertThat(f.put(path, update("y")).status()).isEqualTo(200);
        assertThat(f.delete(path).status()).isEqualTo(204);
        assertThat(f.get(path).status()).isEqualTo(404);
    }

    @Test
    void a_slash_that_is_not_encoded_ends_it_and_what_no_id_can_be_is_a_violation() {
        created("a/b", "x");
        var answer = f.get(V1 + "/a/b");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("details")).isEmpty();
        for (String illegal : List.of("a%20b", "a%3Ab", "x".repeat(256), "%C3%BC")) {
            assertThat(f.get(V1 + "/" + illegal).status()).as(illegal).isEqualTo(400);
            assertThat(field(f.delete(V1 + "/" + illegal))).isEqualTo("id");
        }
    }

    @Test
    void the_list_comes_in_pages_and_can_be_narrowed() {
        for (String name : List.of("d", "b", "a", "e", "c-x")) {
            f.post(
                    V1,
                    "{\"name\":\"" + name + "\",\"secret_data\":\"eA==\",\"labels\":{\"first\":\"" + name.charAt(0)
                            + "\",\"all\":\"y\"}}");
        }
        List<String> seen = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = f.get(V1 + "?page_size=2&page_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8))
                    .json();
            page.path("secrets").forEach(each -> seen.add(each.path("id").asText()));
            token = page.path("next_page_token").asText();
            f.delete(V1 + "/" + seen.getLast());
        } while (!token.isEmpty());
        assertThat(seen).containsExactly("a", "b", "c-x", "d", "e");
        assertThat(ids("?filter.name_contains=-")).containsExactly("c-x");
        assertThat(ids("?filter.nameContains=z")).isEmpty();
        assertThat(ids("?filter.labels%5Bfirst%5D=a")).containsExactly("a");
        assertThat(ids("?filter.labels%5B%22first%22%5D=c&filter.labels%5Ball%5D=y"))
                .containsExactly("c-x");
        assertThat(ids("?filter.labels%5Bfirst%5D=a&filter.labels%5Ball%5D=n")).isEmpty();
        assertThat(ids("?page_size=-1&unknown=x")).containsExactly("a", "c-x");
        assertThat(field(f.get(V1 + "?filter.name_contains=%3C"))).isEqualTo("filter.name_contains");
        assertThat(field(f.get(V1 + "?page_size=2000"))).isEqualTo("page_size");
        assertThat(field(f.get(V1 + "?page_token=x"))).isEqualTo("page_token");
    }

    private List<String> ids(String query) {
        return f.get(V1 + query).json().path("secrets").findValuesAsText("id");
    }

    @Test
    void there_is_room_for_so_many_and_no_more() {
        for (int i = 0; i < 1_000; i++) {
            f.log.tell(SecretId.of(Fixture.LOCAL, "s" + i), new CreateSecret("sealed", Map.of()));
        }
        int before = f.log.commands().size();
        var answer = f.post(V1, body("one-more", "x"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("code").asText()).isEqualTo("PERMISSION_DENIED");
        assertThat(f.log.commands()).hasSize(before);
        assertThat(f.put(V1 + "/s0", update("y")).status()).isEqualTo(200);
        f.delete(V1 + "/s1");
        created("one-more", "x");
        f.delete(V1 + "/one-more");
        f.log.tell(SecretId.of(Fixture.LOCAL, "long"), new CreateSecret("s".repeat(17 * 1024 * 1024), Map.of()));
        assertThat(f.put(V1 + "/s0", update("z")).status()).isEqualTo(403);
    }

    @Test
    void each_cluster_has_its_own() {
        f.register(new ClusterKey("default", "second"), ClusterSpec.Policies.DEFAULT);
        created("pg", "x");
        String second = V1.replace("redpanda", "second");
        assertThat(f.get(second).json().path("secrets")).isEmpty();
        assertThat(f.get(second + "/pg").status()).isEqualTo(404);
        assertThat(f.get(V1.replace("redpanda", "local") + "/pg").status()).isEqualTo(200);
        for (String none : List.of("blue", "a%20b")) {
            assertThat(f.get(V1.replace("redpanda", none)).status()).as(none).isEqualTo(404);
            assertThat(f.post(V1.replace("redpanda", none), body("pg", "x")).status())
                    .as(none)
                    .isEqualTo(404);
        }
    }

    @Test
    void the_log_that_is_away_and_an_outcome_that_is_not_known_are_said() {
        created("pg", "x");
        f.log.breakWith(new CommandNotSentException("away", null));
        assertThat(f.post(V1, body("other", "x")).status()).isEqualTo(503);
        assertThat(f.put(V1 + "/pg", update("y")).json().path("code").asText()).isEqualTo("UNAVAILABLE");
        f.log.breakWith(new OutcomeUnknownException("id-9"));
        assertThat(f.delete(V1 + "/pg").status()).isEqualTo(504);
        f.log.breakWith(null);
        f.log.storedSecrets().unread(true);
        assertThat(f.get(V1).status()).isEqualTo(503);
        assertThat(f.get(V1 + "/pg").status()).isEqualTo(503);
    }

    @Test
    void a_path_or_a_method_that_there_is_not_has_no_details() {
        assertThat(f.patch(V1, "{}").status()).isEqualTo(501);
        assertThat(f.post(V1 + "/pg", body("pg", "x")).status()).isEqualTo(501);
        assertThat(f.send("POST", V1, "x", "Content-Type", "text/plain").status())
                .isEqualTo(415);
    }

    /** The role has to be on the whole cluster, since any connector of it may refer to what is stored. */
    @Test
    void who_may_not_is_told_so_and_nothing_is_done() {
        try (var guarded = Guarded.fixture(null)) {
            guarded.register(Fixture.LOCAL, ClusterSpec.Policies.DEFAULT);
            assertThat(guarded.get(V1).status()).isEqualTo(401);
            var viewer = Guarded.newKey(guarded, "viewer:default/local");
            var team = Guarded.newKey(guarded, "editor:default/local/team-*");
            var editor = Guarded.newKey(guarded, "editor:default/local");
            int before = guarded.log.commands().size();
            assertThat(Guarded.as(guarded, viewer, "GET", V1, null).status()).isEqualTo(200);
            assertThat(Guarded.as(guarded, team, "GET", V1, null).status()).isEqualTo(403);
            for (var key : List.of(viewer, team)) {
                assertThat(Guarded.as(guarded, key, "POST", V1, body("team-a", "x"))
                                .status())
                        .isEqualTo(403);
                assertThat(Guarded.as(guarded, key, "PUT", V1 + "/pg", update("x"))
                                .status())
                        .isEqualTo(403);
                assertThat(Guarded.as(guarded, key, "DELETE", V1 + "/pg", null).status())
                        .isEqualTo(403);
            }
            assertThat(guarded.log.commands()).hasSize(before);
            assertThat(Guarded.as(guarded, editor, "POST", V1, body("pg", "x")).status())
                    .isEqualTo(201);
        }
    }
}
