package io.signalbox.api.dialect.kafkaconnect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.Fixture.Reply;
import io.signalbox.processor.domain.ClusterSpec.OnDrift;
import io.signalbox.processor.domain.ClusterSpec.Policies;
import io.signalbox.processor.domain.ClusterSpec.Unmanaged;
import io.signalbox.processor.domain.RunState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entity tags and the conditions on them (RFC 9110, section 13). */
class ConditionalTest {

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/connectors",
                "/connectors?expand=status&expand=info",
                "/connectors?page_size=1",
                "/connectors/c",
                "/connectors/c/config",
                "/connectors/c/status",
                "/connectors/c/tasks/0/status",
                "/signalbox/v1/environments/default/clusters",
                "/signalbox/v1/environments/default/clusters/local",
                "/signalbox/v1/environments/default/clusters/local/connectors/c"
            })
    void what_did_not_change_is_304_and_what_did_is_sent_again(String path) {
        var key = f.created("c");
        f.observed(key, RunState.RUNNING, Fixture.task(0, RunState.RUNNING));
        Reply first = f.get(path);
        assertThat(first.status()).isEqualTo(200);
        String tag = first.header("ETag");
        assertThat(tag).matches("\"[A-Za-z0-9_-]+\"");

        Reply same = f.send("GET", path, null, "If-None-Match", "\"other\", W/" + tag);
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.header("ETag")).isEqualTo(tag);
        assertThat(same.header("Content-Type")).isNull();

        f.put("/connectors/c/config", "{\"connector.class\":\"Y\"}");
        f.observed(key, RunState.RUNNING, Fixture.task(0, RunState.FAILED));
        f.register(Fixture.LOCAL, new Policies(77, 1, true, Unmanaged.ADOPT, OnDrift.HEAL));
        Reply changed = f.send("GET", path, null, "If-None-Match", tag);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isNotEqualTo(tag);
    }

    @Test
    void a_config_keeps_its_tag_while_only_the_status_changes() {
        var key = f.created("c");
        String config = f.get("/connectors/c/config").header("ETag");
        String connector = f.get("/connectors/c").header("ETag");
        f.observed(key, RunState.RUNNING, Fixture.task(0, RunState.RUNNING));
        assertThat(f.get("/connectors/c/config").header("ETag")).isEqualTo(config);
        assertThat(f.get("/connectors/c").header("ETag")).isNotEqualTo(connector);
    }

    @Test
    void a_list_of_a_cluster_that_was_forgotten_is_not_unchanged() {
        String tag = f.get(Fixture.OTHER + "/connectors").header("ETag");
        assertThat(f.delete("/signalbox/v1" + Fixture.OTHER).status()).isEqualTo(204);
        assertThat(f.send("GET", Fixture.OTHER + "/connectors", null, "If-None-Match", tag)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_write_on_what_changed_meanwhile_is_412_and_changes_nothing() {
        f.created("c");
        String tag = f.get("/connectors/c/config").header("ETag");
        String body = "{\"connector.class\":\"X\",\"by\":\"me\"}";
        assertThat(f.put("/connectors/c/config", "{\"connector.class\":\"X\",\"by\":\"another\"}")
                        .status())
                .isEqualTo(200);

        Reply late = f.send("PUT", "/connectors/c/config", body, "If-Match", tag);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.message()).contains("its config at 2");
        assertThat(f.get("/connectors/c/config").json().path("by").asText()).isEqualTo("another");

        String now = f.get("/connectors/c/config").header("ETag");
        assertThat(f.send("PUT", "/connectors/c/config", body, "If-Match", now).status())
                .isEqualTo(200);
    }

    @Test
    void every_write_of_a_connector_takes_conditions() {
        f.created("c");
        String[] stale = {"If-Match", "\"99\""};
        assertThat(f.send("PATCH", "/connectors/c/config", "{\"a\":\"b\"}", stale)
                        .status())
                .isEqualTo(412);
        assertThat(f.send("PUT", "/connectors/c/pause", null, stale).status()).isEqualTo(412);
        assertThat(f.send("PUT", "/connectors/c/resume", null, stale).status()).isEqualTo(412);
        assertThat(f.send("PUT", "/connectors/c/stop", null, stale).status()).isEqualTo(412);
        assertThat(f.send("POST", "/connectors/c/restart", null, stale).status())
                .isEqualTo(412);
        assertThat(f.send("DELETE", "/connectors/c", null, stale).status()).isEqualTo(412);
        String tag = f.get("/connectors/c").header("ETag");
        assertThat(f.send("DELETE", "/connectors/c", null, "If-Match", tag).status())
                .isEqualTo(204);
    }

    @Test
    void a_change_answers_the_tag_for_the_next_one() {
        String body = "{\"connector.class\":\"X\"}";
        String created = f.put("/connectors/c/config", body).header("ETag");
        assertThat(created).isEqualTo(f.get("/connectors/c/config").header("ETag"));
        Reply patched = f.send("PATCH", "/connectors/c/config", "{\"a\":\"b\"}", "If-Match", created);
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.header("ETag"))
                .isEqualTo(f.get("/connectors/c/config").header("ETag"));
        Reply posted = f.post("/connectors", "{\"name\":\"d\",\"config\":" + body + "}");
        assertThat(posted.header("ETag")).isEqualTo(f.get("/connectors/d").header("ETag"));
    }

    @Test
    void what_has_no_revision_bears_a_tag_of_its_content() {
        f.worker.answers(200, "[{\"class\":\"a.B\",\"type\":\"sink\",\"version\":\"1\"}]");
        Reply first = f.get("/connector-plugins");
        assertThat(first.status()).isEqualTo(200);
        assertThat(f.send("GET", "/connector-plugins", null, "If-None-Match", first.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(f.get("/").header("ETag")).isNotNull().isNotEqualTo(first.header("ETag"));
    }

    @Test
    void only_if_absent_and_only_if_present() {
        String body = "{\"connector.class\":\"X\"}";
        String path = "/connectors/c/config";
        assertThat(f.send("PUT", path, body, "If-Match", "*").status()).isEqualTo(412);
        assertThat(f.send("PUT", path, body, "If-None-Match", "*").status()).isEqualTo(201);
        assertThat(f.send("PUT", path, body, "If-None-Match", "*").status()).isEqualTo(412);
        assertThat(f.send("PUT", path, body, "If-Match", "*").status()).isEqualTo(200);
    }

    @Test
    void a_cluster_takes_conditions_too() {
        String path = "/signalbox/v1/environments/default/clusters/local";
        String body = "{\"workers\":[\"http://w:8083\"]}";
        String tag = f.get(path).header("ETag");
        assertThat(f.send("PUT", path, body, "If-Match", "\"99\"").status()).isEqualTo(412);
        assertThat(f.send("PUT", path, body, "If-Match", tag).status()).isEqualTo(200);
        assertThat(f.send("DELETE", path, null, "If-Match", tag).status()).isEqualTo(412);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "\"", "\"a\" \"b", "W/", "\"a\",,\"b\""})
    void a_condition_that_is_none_is_400(String condition) {
        f.created("c");
        assertThat(f.send("GET", "/connectors/c", null, "If-None-Match", condition)
                        .status())
                .isEqualTo(400);
        Reply write = f.send("DELETE", "/connectors/c", null, "If-Match", condition);
        assertThat(write.status()).isEqualTo(400);
        assertThat(write.message()).contains("If-Match");
    }
}
