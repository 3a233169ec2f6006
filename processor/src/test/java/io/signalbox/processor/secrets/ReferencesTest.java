package io.signalbox.processor.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.processor.dataplane.FakeStoredSecrets;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.Command.CreateSecret;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.secrets.References.Standing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in a config for what is stored. */
class ReferencesTest {

    private static final ClusterKey LOCAL = new ClusterKey("default", "local");

    private final Sealer sealer = KeySets.fresh();
    private final FakeStoredSecrets stored = new FakeStoredSecrets();
    private final References references = References.to(stored, sealer);

    private void store(String id, String data) {
        stored.put(sealer, SecretId.of(LOCAL, id), data);
    }

    private String resolved(String text) {
        return references.resolve(LOCAL, Map.of("s", text)).config().get("s");
    }

    private List<String> problems(Map<String, String> config) {
        return catchThrowableOfType(UnresolvedException.class, () -> references.resolve(LOCAL, config))
                .problems();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${secretsManager:db:password}|hunter2",
                "a ${secretsManager:db:password} b|a hunter2 b",
                "${secretsManager:db:user}:${secretsManager:db:password}@${secretsManager:plain:x}|ann:hunter2@all of it",
                "${secretsManager:db:port}|05.50",
                "${secretsManager:db:tls}|true",
                "${secretsManager:db:a:b}|colon",
                "${secretsManager:a/b+c=d@e.f%2F_-:x}|slashes",
                "${secretsManager:array:x}|[1]",
                "${secretsManager:broken:x}|{\"a\":",
                "${file:/x:y} ${secretsManager:db:user}|${file:/x:y} ann",
                "${secretsManagers:db:user}|${secretsManagers:db:user}",
                "$${secretsManager:db:user}}|$ann}",
                "${secretsManager:db:user|${secretsManager:db:user"
            })
    void a_reference_stands_for_a_member_of_an_object_or_for_any_other_text(String text, String expected) {
        store(
                "db",
                "{\"user\":\"ann\",\"password\":\"hunter2\",\"port\":05.50,\"tls\":true,\"a:b\":\"colon\"}"
                        .replace("05.50", "\"05.50\""));
        store("plain", "all of it");
        store("a/b+c=d@e.f%2F_-", "slashes");
        store("array", "[1]");
        store("broken", "{\"a\":");
        assertThat(resolved(text)).isEqualTo(expected);
    }

    @Test
    void numbers_are_as_they_are_written_and_what_follows_an_object_makes_it_none() {
        store("db", " {\"n\": 1.50, \"big\": 100000000000000000000, \"deep\": {\"n\": 2}, \"null\": null}\n");
        assertThat(resolved("${secretsManager:db:n}/${secretsManager:db:big}")).isEqualTo("1.50/100000000000000000000");
        assertThat(problems(Map.of("s", "${secretsManager:db:deep}"))).hasSize(1);
        assertThat(problems(Map.of("s", "${secretsManager:db:null}"))).hasSize(1);
        store("two", "{\"a\":\"b\"} {}");
        assertThat(resolved("${secretsManager:two:a}")).isEqualTo("{\"a\":\"b\"} {}");
    }

    @Test
    void all_that_is_wrong_is_named_with_its_setting_and_no_value() {
        store("db", "{\"password\":\"hunter2\"}");
        stored.put(sealer, new SecretId("default", "other", "theirs"), "hunter2");
        assertThat(problems(Map.of(
                        "a", "${secretsManager:none:x}",
                        "b", "${secretsManager:db:user}",
                        "c", "${secretsManager:theirs:x}",
                        "d", "${secretsManager:db}",
                        "e", "${secretsManager:a b:c}",
                        "f", "${secretsManager:db:password}")))
                .containsExactly(
                        "\"a\": there is no secret \"none\" in cluster default/local",
                        "\"b\": the secret \"db\" of cluster default/local has no key \"user\"",
                        "\"c\": there is no secret \"theirs\" in cluster default/local",
                        "\"d\": a reference to a stored secret is ${secretsManager:<id>:<key>}",
                        "\"e\": a reference to a stored secret is ${secretsManager:<id>:<key>}");
    }

    @Test
    void null_values_stay_and_what_it_stood_for_is_told_apart() {
        store("db", "{\"a\":\"one\",\"b\":\"two\",\"c\":\"three\"}");
        Map<String, String> config = new HashMap<>();
        config.put("null", null);
        config.put("plain", "x");
        config.put("s", "${secretsManager:db:a}-${secretsManager:db:b}");
        var resolved = references.resolve(LOCAL, config);
        assertThat(resolved.config()).containsEntry("null", null).containsEntry("s", "one-two");
        assertThat(resolved.values()).containsExactlyInAnyOrder("one", "two");
        assertThat(resolved).hasToString("Resolved[null, plain, s]");
    }

    @Test
    void a_lost_key_is_named_and_an_unread_store_is_for_later() {
        stored.take(
                SecretId.of(LOCAL, "db"),
                new CreateSecret(KeySets.fresh().seal(SecretId.of(LOCAL, "db"), "x"), Map.of()));
        assertThatThrownBy(() -> resolved("${secretsManager:db:a}"))
                .isInstanceOf(UnopenableException.class)
                .hasMessageContaining("The stored secret \"db\" of cluster default/local is sealed with key");
        stored.unread(true);
        assertThat(resolved("${file:a:b}")).isEqualTo("${file:a:b}");
        assertThat(catchThrowableOfType(UnresolvedException.class, () -> resolved("${secretsManager:db:a}"))
                        .later())
                .isTrue();
    }

    @Test
    @Timeout(20)
    void how_much_a_config_may_refer_to_is_bounded() {
        store("big", "x".repeat(65_000));
        assertThat(problems(Map.of("s", "${secretsManager:big:x}".repeat(17))))
                .singleElement()
                .asString()
                .contains("longer");
        assertThat(problems(Map.of("s", "${secretsManager:big:x}".repeat(40_000))))
                .hasSize(2);
        assertThat(references.standing(LOCAL, "${secretsManager:big:x}".repeat(40_000), "x"))
                .isEqualTo(Standing.UNKNOWN);
        assertThat(references.in("${secretsManager:".repeat(60_000))).isFalse();
        assertThat(Piece.of("${secretsManager:".repeat(60_000))).hasSize(1);
        assertThat(Piece.of("${secretsManager:".repeat(60_000) + "}")).hasSize(1);
    }

    @Test
    void what_a_worker_has_is_what_it_stands_for_or_stood_for_or_neither() {
        String wanted = "u=${secretsManager:db:u};p=${secretsManager:key:x}";
        assertThat(references.standing(LOCAL, wanted, "anything")).isEqualTo(Standing.UNKNOWN);
        store("db", "{\"u\":\"ann\"}");
        store("key", "1");
        assertThat(references.standing(LOCAL, wanted, "u=ann;p=1")).isEqualTo(Standing.DESIRED);
        store("key", "12");
        store("db", "{\"u\":\"bob\"}");
        store("key", "123");
        assertThat(references.standing(LOCAL, wanted, "u=bob;p=123")).isEqualTo(Standing.DESIRED);
        for (String earlier : List.of("u=ann;p=1", "u=bob;p=12", "u=ann;p=123")) {
            assertThat(references.standing(LOCAL, wanted, earlier)).as(earlier).isEqualTo(Standing.EARLIER);
        }
        for (String other : List.of("u=ann;p=", "u=ann;p=1234", "u=eve;p=1", "", wanted)) {
            assertThat(references.standing(LOCAL, wanted, other)).as(other).isEqualTo(Standing.OTHER);
        }
        assertThat(references.standing(LOCAL, wanted, null)).isEqualTo(Standing.OTHER);
        assertThat(references.values(LOCAL, List.of(wanted))).containsExactlyInAnyOrder("ann", "bob", "1", "12", "123");
        assertThat(references.ids(LOCAL, List.of(wanted, "x")))
                .containsExactlyInAnyOrder(SecretId.of(LOCAL, "db"), SecretId.of(LOCAL, "key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${secretsManager:db:u}", "x", "${secretsManager:none:"})
    void where_nothing_is_resolved_all_stays_as_it_is(String text) {
        assertThat(References.NONE.resolve(LOCAL, Map.of("s", text)).config()).containsEntry("s", text);
        assertThat(References.NONE.in(text)).isFalse();
        assertThat(References.NONE.values(LOCAL, List.of(text))).isEmpty();
        assertThat(References.NONE.ids(LOCAL, List.of(text))).isEmpty();
    }

    @Test
    void a_stored_secret_opens_under_its_own_id_only() {
        var db = SecretId.of(LOCAL, "db");
        String text = sealer.seal(db, "hunter2");
        assertThat(sealer.open(db, text)).isEqualTo("hunter2");
        assertThat(sealer.openable(SecretId.of(LOCAL, "db2"), text)).isEmpty();
        assertThat(sealer.openable(new SecretId("default", "other", "db"), text))
                .isEmpty();
        assertThat(sealer.openable(LOCAL.connector("db"), "db", text)).isEmpty();
    }
}
