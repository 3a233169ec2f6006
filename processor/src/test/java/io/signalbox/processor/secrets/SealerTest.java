package io.signalbox.processor.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.Mask;
import io.signalbox.processor.domain.Sealed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {

    private static final ConnectorKey ORDERS = new ConnectorKey("default", "local", "orders");
    private static final ConnectorKey OTHERS = new ConnectorKey("default", "local", "others");

    private final Sealer sealer = KeySets.fresh();

    @TempDir
    Path directory;

    @Test
    void what_is_sealed_opens_and_shows_its_key_only() {
        String text = sealer.seal(ORDERS, "password", "hunter2 ü");
        assertThat(text).startsWith("sealed:v1:" + sealer.primaryKeyId() + ":").doesNotContain("hunter2");
        assertThat(Sealed.is(text)).isTrue();
        assertThat(Sealed.keyId(text)).contains(sealer.primaryKeyId());
        assertThat(sealer.open(ORDERS, "password", text)).isEqualTo("hunter2 ü");
    }

    @Test
    void equal_secrets_have_equal_texts_for_one_setting_of_one_connector_only() {
        String text = sealer.seal(ORDERS, "password", "hunter2");
        assertThat(sealer.seal(ORDERS, "password", "hunter2")).isEqualTo(text);
        assertThat(sealer.seal(ORDERS, "password", "hunter3")).isNotEqualTo(text);
        assertThat(sealer.seal(ORDERS, "token", "hunter2")).isNotEqualTo(text);
        assertThat(sealer.seal(OTHERS, "password", "hunter2")).isNotEqualTo(text);
    }

    @Test
    void a_sealed_text_opens_nowhere_else_and_not_when_it_was_changed() {
        String text = sealer.seal(ORDERS, "password", "hunter2");
        assertUnopenable(OTHERS, "password", text, "does not open");
        assertUnopenable(ORDERS, "token", text, "does not open");
        char last = text.charAt(text.length() - 2);
        String changed = text.substring(0, text.length() - 2) + (last == 'A' ? "BA" : "AA");
        assertUnopenable(ORDERS, "password", changed, "does not open");
        assertUnopenable(ORDERS, "password", Sealed.text(sealer.primaryKeyId(), "AAAA"), "does not open");
        assertUnopenable(ORDERS, "password", "sealed:v2:what may come", "not sealed in a known way");
    }

    @Test
    void a_lost_key_is_named() {
        String text = sealer.seal(ORDERS, "password", "hunter2");
        assertThatThrownBy(() -> KeySets.fresh().open(ORDERS, "password", text))
                .isInstanceOf(UnopenableException.class)
                .hasMessageContainingAll("\"password\"", ORDERS.toString(), "key " + sealer.primaryKeyId());
    }

    @Test
    void a_new_key_seals_once_it_is_promoted_and_the_old_one_still_opens() throws Exception {
        Path file = directory.resolve("keyset.json");
        KeySets.create(file);
        var before = KeySets.load(file, "");
        String old = before.seal(ORDERS, "password", "hunter2");
        String added = KeySets.add(file);
        var both = KeySets.load(file, "");
        assertThat(both.primaryKeyId()).isEqualTo(before.primaryKeyId()).isNotEqualTo(added);
        assertThat(KeySets.promote(file)).isEqualTo(added);
        var after = KeySets.load(file, "");
        String renewed = after.seal(ORDERS, "password", "hunter2");
        assertThat(Sealed.keyId(renewed)).contains(added);
        assertThat(after.open(ORDERS, "password", old)).isEqualTo("hunter2");
        assertThat(both.open(ORDERS, "password", renewed)).isEqualTo("hunter2");
        assertThatThrownBy(() -> before.open(ORDERS, "password", renewed)).hasMessageContaining("key " + added);
    }

    @Test
    void what_an_earlier_key_sealed_is_sealed_anew_and_never_what_a_later_one_did() throws Exception {
        Path file = directory.resolve("keyset.json");
        KeySets.create(file);
        var before = KeySets.load(file, "");
        String added = KeySets.add(file);
        var both = KeySets.load(file, "");
        KeySets.promote(file);
        var after = KeySets.load(file, "");
        assertThat(after.keyIds()).containsExactly(before.primaryKeyId(), added).isEqualTo(both.keyIds());
        var old = Config.of(Map.of("password", before.seal(ORDERS, "password", "hunter2"), "topic", "t"));
        var renewed = Config.of(Map.of("password", after.seal(ORDERS, "password", "hunter2"), "topic", "t"));
        assertThat(after.outdated(old)).isTrue();
        assertThat(after.resealed(ORDERS, old).values())
                .containsExactlyEntriesOf(Map.of("password", renewed.get("password")));
        for (Sealer each : java.util.List.of(before, both, after)) {
            assertThat(each.outdated(renewed)).isFalse();
            assertThat(each.resealed(ORDERS, renewed).values()).isEmpty();
        }
        assertThat(before.outdated(old)).isFalse();
        assertThat(both.outdated(old)).isFalse();
        assertThat(KeySets.fresh().outdated(old)).isFalse();
        var moved = Config.of(Map.of("token", old.get("password"), "password", old.get("password")));
        assertThat(after.outdated(moved)).isTrue();
        assertThat(after.resealed(ORDERS, moved).values()).containsOnlyKeys("password");
    }

    @Test
    void a_key_set_is_for_the_eyes_of_its_owner_and_never_overwritten() throws Exception {
        Path file = directory.resolve("keyset.json");
        KeySets.create(file);
        KeySets.add(file);
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThatThrownBy(() -> KeySets.create(file)).isInstanceOf(java.nio.file.FileAlreadyExistsException.class);
    }

    @Test
    void of_what_is_given_secrets_are_sealed_and_masks_and_nulls_stay() {
        var given = new java.util.HashMap<>(Map.of(
                "topic", "t", "pin", "1234", "password", Mask.TEXT, "token", "${file:/a:b}", "secret", "hunter2"));
        given.put("gone.password", null);
        var text = sealer.sealGiven(ORDERS, given, Set.of("pin"));
        assertThat(text).containsEntry("topic", "t").containsEntry("password", Mask.TEXT);
        assertThat(text).containsEntry("token", "${file:/a:b}").containsEntry("gone.password", null);
        assertThat(sealer.open(ORDERS, "pin", text.get("pin"))).isEqualTo("1234");
        assertThat(sealer.open(ORDERS, "secret", text.get("secret"))).isEqualTo("hunter2");
    }

    @Test
    void what_only_looks_sealed_or_masked_on_a_data_plane_is_sealed_like_a_secret() {
        var found = Config.of(Map.of("topic", "sealed:v1:1:AAAA", "fields", "****"));
        var text = sealer.sealFound(ORDERS, found, Set.of());
        assertThat(text.get("topic")).startsWith("sealed:v1:" + sealer.primaryKeyId());
        assertThat(sealer.open(ORDERS, text)).isEqualTo(found);
    }

    @Test
    void what_is_observed_compares_with_what_is_desired_without_a_key() {
        var desired = Config.of(Map.of("topic", "t", "password", sealer.seal(ORDERS, "password", "hunter2")));
        var same = Config.of(Map.of("topic", "t", "password", "hunter2"));
        assertThat(sealer.like(ORDERS, desired, same, true)).isEqualTo(desired);
        var other = sealer.like(ORDERS, desired, Config.of(Map.of("topic", "t", "password", "meddled")), true);
        assertThat(other).isNotEqualTo(desired);
        assertThat(other.get("password")).doesNotContain("meddled");
        assertThat(sealer.like(ORDERS, desired, null, true)).isNull();
    }

    @Test
    void without_its_key_a_secret_is_taken_to_be_as_desired_unless_it_has_to_be_known() {
        var desired = Config.of(Map.of("password", sealer.seal(ORDERS, "password", "hunter2")));
        var observed = Config.of(Map.of("password", "hunter2"));
        var keyless = KeySets.fresh();
        assertThat(keyless.like(ORDERS, desired, observed, false)).isEqualTo(desired);
        assertThatThrownBy(() -> keyless.like(ORDERS, desired, observed, true)).isInstanceOf(UnopenableException.class);
    }

    @Test
    void a_fingerprint_is_keyed_and_that_of_one_value_of_one_setting_of_one_incarnation() {
        var print = sealer.fingerprint();
        assertThat(print.of("u", "k", "v"))
                .matches("[0-9a-f]{8}")
                .isEqualTo(print.of("u", "k", "v"))
                .isNotEqualTo(print.of("u2", "k", "v"))
                .isNotEqualTo(print.of("u", "k2", "v"))
                .isNotEqualTo(print.of("u", "kv", ""))
                .isNotEqualTo(KeySets.fresh().fingerprint().of("u", "k", "v"));
    }

    @Test
    void known_secrets_are_taken_out_of_the_words_of_others() {
        var config = Config.of(Map.of(
                "password",
                sealer.seal(ORDERS, "password", "hunter2\"x"),
                "db.secret",
                "from before",
                "topic",
                "orders"));
        var redactor = sealer.redactor(ORDERS, config);
        assertThat(redactor.redact("no topic orders for hunter2\"x, {\"a\":\"hunter2\\\"x\"}, from before"))
                .isEqualTo("no topic orders for ********, {\"a\":\"********\"}, ********");
        assertThat(redactor.redact((String) null)).isNull();
        assertThat(redactor.toString()).doesNotContain("hunter2");
    }

    private void assertUnopenable(ConnectorKey key, String name, String text, String why) {
        assertThatThrownBy(() -> sealer.open(key, name, text))
                .isInstanceOf(UnopenableException.class)
                .hasMessageContaining(why);
    }
}
