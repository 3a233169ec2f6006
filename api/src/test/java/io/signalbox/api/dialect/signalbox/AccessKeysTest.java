package io.signalbox.api.dialect.signalbox;

import static io.signalbox.api.http.Guarded.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.Guarded;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.Command.CreateAccessKey;
import io.signalbox.processor.domain.Event.AccessKeyCreated;
import io.signalbox.processor.domain.Event.AccessKeyRevoked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessKeysTest {

    private static final String KEYS = "/signalbox/v1/access/keys";

    private final Fixture f = Guarded.fixture(null);

    @BeforeEach
    void cluster() {
        f.register(Fixture.LOCAL, ClusterSpec.Policies.DEFAULT);
    }

    @AfterEach
    void close() {
        f.close();
    }

    private Fixture.Reply admin(String method, String path, String body, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Authorization";
        all[1] = ADMIN;
        return f.send(method, path, body, all);
    }

    @Test
    void a_key_is_made_used_listed_and_revoked() {
        var made = admin("POST", KEYS, "{\"name\":\"ci\",\"grants\":[\"viewer\",\"editor:default/local/team-*\"]}");
        assertThat(made.status()).isEqualTo(201);
        String id = made.json().path("id").asText();
        String secret = made.json().path("secret").asText();
        assertThat(secret).hasSize(43);
        assertThat(made.header("Location")).isEqualTo(KEYS + "/" + id);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        var key = new Guarded.Key(id, secret);

        var config = "{\"connector.class\":\"X\"}";
        assertThat(Guarded.as(f, key, "PUT", "/connectors/team-a/config", config)
                        .status())
                .isEqualTo(201);
        assertThat(f.log.events().getLast().actor()).isEqualTo("key:" + id);
        assertThat(Guarded.as(f, key, "PUT", "/connectors/other/config", config).toString())
                .isEqualTo("403 {\"error_code\":403,\"message\":"
                        + "\"Not allowed: this needs the role editor on default/local/other\"}");

        var listed = admin("GET", KEYS, null);
        assertThat(listed.json().findValuesAsText("id")).containsExactly(id);
        assertThat(listed.json().get(0).path("created_by").asText()).isEqualTo("key:first");
        assertThat(listed.body()).doesNotContain(secret, "pbkdf2", "secret");
        assertThat(admin("GET", KEYS + "/" + id, null).json())
                .isEqualTo(listed.json().get(0));

        assertThat(admin("DELETE", KEYS + "/" + id, null).toString()).isEqualTo("204 ");
        assertThat(Guarded.as(f, key, "GET", "/connectors", null).status()).isEqualTo(401);
        assertThat(admin("GET", KEYS, null).body()).isEqualTo("[]");
        assertThat(admin("GET", KEYS + "/" + id, null).status()).isEqualTo(404);
        assertThat(admin("DELETE", KEYS + "/" + id, null).status()).isEqualTo(404);
        assertThat(f.log.events().getLast().event()).isEqualTo(new AccessKeyRevoked());
    }

    @Test
    void no_secret_is_in_the_log() {
        var made = admin("POST", KEYS, "{\"name\":\"ci\",\"grants\":[\"viewer\"]}");
        String secret = made.json().path("secret").asText();
        var command = (CreateAccessKey) f.log.commands().getLast().command();
        var event = (AccessKeyCreated) f.log.events().getLast().event();
        assertThat(command.hash()).startsWith("pbkdf2-sha256$").doesNotContain(secret);
        assertThat(event.hash()).isEqualTo(command.hash());
        assertThat(command + " " + event + f.log.accessKeys().list()).doesNotContain(secret, "pbkdf2");
    }

    @Test
    void the_same_request_again_makes_no_second_key_and_tells_no_secret() {
        var body = "{\"name\":\"ci\",\"grants\":[\"viewer\"]}";
        var first = admin("POST", KEYS, body, "Idempotency-Key", "once");
        assertThat(first.status()).isEqualTo(201);
        var again = admin("POST", KEYS, body, "Idempotency-Key", "once");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.message()).contains(first.json().path("id").asText());
        assertThat(admin("GET", KEYS, null).json()).hasSize(1);
    }

    @Test
    void a_key_is_revoked_even_under_the_name_of_its_making() {
        var made = admin("POST", KEYS, "{\"name\":\"ci\",\"grants\":[\"viewer\"]}", "Idempotency-Key", "rotate-7");
        var key = new Guarded.Key(
                made.json().path("id").asText(), made.json().path("secret").asText());
        assertThat(admin("DELETE", KEYS + "/" + key.id(), null, "Idempotency-Key", "rotate-7")
                        .status())
                .isEqualTo(204);
        assertThat(Guarded.as(f, key, "GET", "/connectors", null).status()).isEqualTo(401);
    }

    @Test
    void only_who_may_do_everything_has_references_of_this_machine_sent_to_workers() {
        var key = Guarded.newKey(f, "admin:lab");
        var path = "/signalbox/v1/environments/lab/clusters/x";
        var workers = "\"workers\":[\"http://worker:8083\"]";
        var withPassword =
                "{" + workers + ",\"username\":\"u\",\"password\":\"${file:/etc/signalbox/admin.key:first}\"}";
        int before = f.log.commands().size();
        assertThat(Guarded.as(f, key, "PUT", path, withPassword).status()).isEqualTo(403);
        assertThat(f.log.commands()).hasSize(before);
        assertThat(Guarded.as(f, key, "PUT", path, "{" + workers + "}").status())
                .isEqualTo(201);
        assertThat(admin("PUT", path, withPassword).status()).isEqualTo(200);
    }

    /** What a check is asked with is sent where the config says. */
    @Test
    void the_secrets_of_a_connector_are_lent_only_to_who_may_edit_it() {
        var mine = Guarded.newKey(f, "editor:default/local/team-a-*");
        var theirs = Guarded.newKey(f, "editor:default/local/team-b-*");
        var secret = "{\"connector.class\":\"X\",\"db.password\":\"hunter2\"}";
        assertThat(Guarded.as(f, theirs, "PUT", "/connectors/team-b-x/config", secret)
                        .status())
                .isEqualTo(201);
        int asked = f.worker.asked().size();
        var check = "{\"name\":\"team-b-x\",\"connector.class\":\"X\",\"db.password\":\"********\"}";
        assertThat(Guarded.as(f, mine, "PUT", "/connector-plugins/X/config/validate", check)
                        .toString())
                .isEqualTo("403 {\"error_code\":403,\"message\":"
                        + "\"Not allowed: this needs the role editor on default/local/team-b-x\"}");
        assertThat(f.worker.asked()).hasSize(asked);
        assertThat(Guarded.as(f, theirs, "PUT", "/connector-plugins/X/config/validate", check)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void an_outcome_is_told_only_who_asked_for_it() {
        var one = Guarded.newKey(f, "editor");
        var other = Guarded.newKey(f, "operator");
        var config = "{\"connector.class\":\"X\"}";
        Guarded.as(f, one, "PUT", "/connectors/c/config", config);
        assertThat(f.send(
                                "PUT",
                                "/connectors/c/pause",
                                null,
                                "Authorization",
                                other.authorization(),
                                "Idempotency-Key",
                                "k")
                        .status())
                .isEqualTo(202);
        var again = f.send(
                "PUT", "/connectors/c/pause", null, "Authorization", one.authorization(), "Idempotency-Key", "k");
        assertThat(again.toString())
                .isEqualTo("400 {\"error_code\":400,\"message\":"
                        + "\"The Idempotency-Key was used before, for another request\"}");
    }

    @Test
    void a_key_is_revoked_only_as_it_is_required_to_be() {
        var key = Guarded.newKey(f, "viewer");
        assertThat(admin("DELETE", KEYS + "/" + key.id(), null, "If-Match", "\"7\"")
                        .status())
                .isEqualTo(412);
        assertThat(Guarded.as(f, key, "GET", "/connectors", null).status()).isEqualTo(200);
        assertThat(admin("DELETE", KEYS + "/" + key.id(), null, "If-Match", "\"1\"")
                        .status())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"name\":\"a\"}",
                "{\"name\":\"a\",\"grants\":[]}",
                "{\"name\":\"a\",\"grants\":\"viewer\"}",
                "{\"name\":\"a\",\"grants\":[\"root\"]}",
                "{\"name\":\"a\",\"grants\":[5]}",
                "{\"name\":\" \",\"grants\":[\"viewer\"]}",
                "{\"name\":\"a\\u0000\",\"grants\":[\"viewer\"]}",
                "{\"name\":5,\"grants\":[\"viewer\"]}",
                "{\"name\":\"a\",\"grants\":[\"viewer\"],\"secret\":\"mine\"}"
            })
    void what_is_wrong_is_told(String body) {
        int before = f.log.commands().size();
        var answer = admin("POST", KEYS, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(f.log.commands()).hasSize(before);
    }

    @Test
    void only_who_may_do_everything_makes_keys() {
        for (String grant : new String[] {"editor", "admin:default", "viewer"}) {
            var key = Guarded.newKey(f, grant);
            var body = "{\"name\":\"more\",\"grants\":[\"admin\"]}";
            assertThat(Guarded.as(f, key, "POST", KEYS, body).status()).isEqualTo(403);
            assertThat(Guarded.as(f, key, "GET", KEYS, null).status()).isEqualTo(403);
        }
        var other = Guarded.newKey(f, "admin");
        assertThat(Guarded.as(f, other, "GET", KEYS, null).json()).hasSize(4);
    }

    @Test
    void a_caller_learns_who_he_is() {
        var key = Guarded.newKey(f, "viewer:default", "editor:lab");
        JsonNode me = Guarded.as(f, key, "GET", "/signalbox/v1/access/me", null).json();
        assertThat(me.path("actor").asText()).isEqualTo("key:" + key.id());
        assertThat(me.path("grants")).extracting(JsonNode::asText).containsExactly("viewer:default", "editor:lab");
        try (var open = Fixture.withClusters()) {
            assertThat(open.get("/signalbox/v1/access/me").body())
                    .isEqualTo("{\"actor\":\"anonymous@127.0.0.1\",\"grants\":[\"admin\"]}");
        }
    }

    @Test
    void lists_hold_what_the_caller_may_see() {
        var config = "{\"connector.class\":\"X\"}";
        for (String name : new String[] {"a-1", "b-1", "b-2", "b-3", "c-1"}) {
            admin("PUT", "/connectors/" + name + "/config", config);
        }
        f.register(new io.signalbox.processor.domain.ClusterKey("lab", "blue"), ClusterSpec.Policies.DEFAULT);
        var key = Guarded.newKey(f, "viewer:default/local/b-*");
        var all = Guarded.as(f, key, "GET", "/connectors", null);
        assertThat(all.body()).isEqualTo("[\"b-1\",\"b-2\",\"b-3\"]");
        assertThat(Guarded.as(f, key, "GET", "/connectors?expand=info", null).json())
                .hasSize(3);
        var page = Guarded.as(f, key, "GET", "/connectors?page_size=2", null);
        assertThat(page.body()).isEqualTo("[\"b-1\",\"b-2\"]");
        String token = page.header("Signalbox-Next-Page-Token");
        var rest = Guarded.as(f, key, "GET", "/connectors?page_size=2&page_token=" + token, null);
        assertThat(rest.body()).isEqualTo("[\"b-3\"]");
        assertThat(rest.header("Signalbox-Next-Page-Token")).isNull();
        assertThat(f.send(
                                "GET",
                                "/connectors",
                                null,
                                "Authorization",
                                key.authorization(),
                                "If-None-Match",
                                all.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(admin("GET", "/connectors", null).json()).hasSize(5);
        assertThat(Guarded.as(f, key, "GET", "/signalbox/v1/environments/default/clusters", null)
                        .json())
                .hasSize(1);
        assertThat(Guarded.as(f, key, "GET", "/signalbox/v1/environments/lab/clusters", null)
                        .status())
                .isEqualTo(403);
    }
}
