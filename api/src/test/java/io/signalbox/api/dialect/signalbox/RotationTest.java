package io.signalbox.api.dialect.signalbox;

import static io.signalbox.api.http.Fixture.LOCAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.processor.domain.Command.CreateSecret;
import io.signalbox.processor.domain.Command.DeleteConnector;
import io.signalbox.processor.domain.Command.PutConfig;
import io.signalbox.processor.domain.Command.ReplaceSecret;
import io.signalbox.processor.domain.Command.ReportAbsent;
import io.signalbox.processor.domain.Command.ReportResealed;
import io.signalbox.processor.domain.Command.ReportSecretResealed;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.secrets.KeySets;
import io.signalbox.processor.secrets.Sealer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rotation of keys looks like to callers: like nothing, but to those who ask about keys. */
class RotationTest {

    private static final ConnectorKey C = LOCAL.connector("c");
    private static final String OWN = "/signalbox/v1/environments/default/clusters/local/connectors/c";
    private static final String KEYS = "/signalbox/v1/secrets/keys";

    @TempDir
    Path directory;

    private Sealer old;
    private Sealer now;
    private Fixture f;

    @BeforeEach
    void rotate() throws Exception {
        Path file = directory.resolve("keyset.json");
        KeySets.create(file);
        old = KeySets.load(file, "");
        KeySets.add(file);
        KeySets.promote(file);
        now = KeySets.load(file, "");
        f = Fixture.withClusters(now);
    }

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void whoever_holds_the_tag_of_a_config_may_write_after_it_was_sealed_anew() {
        put(C, old, "hunter2");
        var read = f.get("/connectors/c/config");
        var whole = f.get(OWN);
        reseal();
        var again = f.get("/connectors/c/config");
        assertThat(again.header("ETag")).isEqualTo(read.header("ETag"));
        assertThat(again.body()).isEqualTo(read.body());
        assertThat(f.get(OWN).header("ETag")).isNotEqualTo(whole.header("ETag"));
        var written = f.send(
                "PUT",
                "/connectors/c/config",
                read.body().replace("\"X\"", "\"Y\""),
                "Content-Type",
                "application/json",
                "If-Match",
                read.header("ETag"));
        assertThat(written.status()).isEqualTo(200);
        var config = f.log.find(C).orElseThrow().config();
        assertThat(config.get("pin.secret")).isEqualTo(now.seal(C, "pin.secret", "hunter2"));
    }

    @Test
    void the_same_secret_given_again_is_a_new_generation_until_it_was_sealed_anew() {
        String body = "{\"connector.class\":\"X\",\"pin.secret\":\"hunter2\"}";
        put(C, old, "hunter2");
        reseal();
        long generation = f.log.find(C).orElseThrow().generation();
        assertThat(f.put("/connectors/c/config", body).status()).isEqualTo(200);
        assertThat(f.log.find(C).orElseThrow().generation()).isEqualTo(generation);
        put(C, old, "hunter2");
        generation = f.log.find(C).orElseThrow().generation();
        assertThat(f.put("/connectors/c/config", body).status()).isEqualTo(200);
        assertThat(f.log.find(C).orElseThrow().generation()).isEqualTo(generation + 1);
    }

    @Test
    void the_history_says_so_and_a_difference_shows_no_changed_secret() {
        put(C, old, "hunter2");
        reseal();
        var entry = f.get(OWN + "/history").json().path("entries").path(0);
        assertThat(entry.path("event").asText()).isEqualTo("ConnectorResealed");
        assertThat(entry.path("summary").asText())
                .isEqualTo("re-sealed with key " + now.primaryKeyId() + ", not changed: pin.secret");
        assertThat(entry.path("config_revision").asLong()).isEqualTo(1);
        var diff = f.get(OWN + "/diff?from=1&to=2").json();
        assertThat(diff.path("changed")).isEmpty();
        assertThat(diff.path("resealed")).isEmpty();
    }

    @Test
    void a_secret_under_two_keys_is_the_same_another_or_undecided() {
        var lost = KeySets.fresh();
        put(C, old, "hunter2");
        put(C, now, "hunter2");
        put(C, old, "hunter3");
        put(C, lost, "hunter3");
        var same = f.get(OWN + "/diff?from=1&to=2").json();
        assertThat(same.path("changed")).isEmpty();
        assertThat(same.path("resealed").toString()).isEqualTo("[\"pin.secret\"]");
        for (String other : new String[] {"from=2&to=3", "from=1&to=3"}) {
            var diff = f.get(OWN + "/diff?" + other).json();
            assertThat(diff.path("changed").findValuesAsText("key")).containsExactly("pin.secret");
            assertThat(diff.path("resealed")).isEmpty();
        }
        var undecided = f.get(OWN + "/diff?from=3&to=4").json();
        assertThat(undecided.path("changed")).isEmpty();
        assertThat(undecided.path("undecided").toString())
                .isEqualTo("[{\"key\":\"pin.secret\",\"missing_key_id\":\"" + lost.primaryKeyId() + "\"}]");
    }

    @Test
    void whether_a_rotation_is_over_is_told_by_key() {
        put(C, old, "hunter2");
        put(LOCAL.connector("d"), now, "hunter2");
        var gone = LOCAL.connector("gone");
        put(gone, old, "hunter2");
        f.log.tell(gone, new DeleteConnector());
        f.log.tell(gone, new ReportAbsent(f.log.find(gone).orElseThrow().uid()));
        assertThat(f.get(KEYS).body())
                .isEqualTo("{\"primary\":\"" + now.primaryKeyId() + "\",\"complete\":false,\"keys\":["
                        + key(old.primaryKeyId(), true, 1, 1, 1) + "," + key(now.primaryKeyId(), true, 1, 1, 0) + "]}");
        reseal();
        var after = f.get(KEYS).json();
        assertThat(after.path("complete").asBoolean()).isTrue();
        assertThat(after.path("keys").path(0).toString()).isEqualTo(key(old.primaryKeyId(), true, 0, 0, 1));
        var lost = KeySets.fresh();
        put(LOCAL.connector("e"), lost, "hunter2");
        var more = f.get(KEYS).json();
        assertThat(more.path("complete").asBoolean()).isFalse();
        assertThat(more.path("keys").path(2).toString()).isEqualTo(key(lost.primaryKeyId(), false, 1, 1, 0));
    }

    @Test
    void what_is_stored_for_configs_to_refer_to_counts_until_it_was_sealed_anew() {
        var id = SecretId.of(LOCAL, "pg");
        f.log.tell(id, new CreateSecret(old.seal(id, "one"), Map.of()));
        f.log.tell(id, new ReplaceSecret(old.seal(id, "two"), null));
        var before = f.get(KEYS).json();
        assertThat(before.path("complete").asBoolean()).isFalse();
        assertThat(before.at("/keys/0/stored").asLong()).isEqualTo(2);
        var renewed = now.resealed(f.log.storedSecrets().find(id).orElseThrow());
        f.log.tell(id, new ReportSecretResealed(List.copyOf(renewed.keySet()), List.copyOf(renewed.values())));
        var after = f.get(KEYS).json();
        assertThat(after.path("complete").asBoolean()).isTrue();
        assertThat(after.at("/keys/0/stored").asLong()).isZero();
        assertThat(after.at("/keys/1/stored").asLong()).isEqualTo(2);
    }

    private static String key(String id, boolean opens, int values, int connectors, int deleted) {
        return "{\"id\":\"" + id + "\",\"opens\":" + opens + ",\"values\":" + values + ",\"connectors\":" + connectors
                + ",\"deleted\":" + deleted + ",\"stored\":0}";
    }

    private void put(ConnectorKey key, Sealer sealer, String secret) {
        var config = Config.of(Map.of(
                "name", key.connector(), "connector.class", "X", "pin.secret", sealer.seal(key, "pin.secret", secret)));
        f.log.tell(key, new PutConfig(config, ConnectorType.SOURCE, true));
    }

    /** As the reconciler does. */
    private void reseal() {
        var state = f.log.find(C).orElseThrow();
        var after = now.resealed(C, state.config());
        var before = Config.of(Map.of("pin.secret", state.config().get("pin.secret")));
        f.log.tell(C, new ReportResealed(state.uid(), before, after));
    }
}
