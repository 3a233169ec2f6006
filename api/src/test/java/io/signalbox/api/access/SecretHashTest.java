package io.signalbox.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretHashTest {

    private final SecretHash hashes = new SecretHash(new SecureRandom(), 1_000);

    @Test
    void it_is_pbkdf2_as_published() {
        // RFC 7914, section 11.
        byte[] expected =
                java.util.HexFormat.of().parseHex("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
        var base64 = Base64.getEncoder().withoutPadding();
        String text =
                "pbkdf2-sha256$1$" + base64.encodeToString("salt".getBytes()) + "$" + base64.encodeToString(expected);
        assertThat(SecretHash.matches(text, "passwd")).isTrue();
    }

    @Test
    void only_the_secret_matches_and_no_two_hashes_are_equal() {
        String hash = hashes.hash("the secret");
        assertThat(hash).startsWith("pbkdf2-sha256$1000$").doesNotContain("the secret");
        assertThat(SecretHash.matches(hash, "the secret")).isTrue();
        assertThat(SecretHash.matches(hash, "the secre")).isFalse();
        assertThat(SecretHash.matches(hash, hash)).isFalse();
        assertThat(hashes.hash("the secret")).isNotEqualTo(hash);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$$$",
                "plain$1$YQ$YQ",
                "pbkdf2-sha256$0$YQ$YQ",
                "pbkdf2-sha256$-1$YQ$YQ",
                "pbkdf2-sha256$99999999999$YQ$YQ",
                "pbkdf2-sha256$1$?$YQ",
                "pbkdf2-sha256$1$$YQ",
                "pbkdf2-sha256$1$YQ$"
            })
    void what_is_no_hash_of_ours_matches_nothing(String hash) {
        assertThat(SecretHash.matches(hash, "")).isFalse();
        assertThat(SecretHash.matches(hash, "a")).isFalse();
    }
}
