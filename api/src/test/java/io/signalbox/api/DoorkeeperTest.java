package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.signalbox.api.access.Tokens;
import io.signalbox.api.http.Authentication;
import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.Guard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorkeeperTest {

    @TempDir
    Path directory;

    private static Doorkeeper with(String... settings) {
        var properties = new Properties();
        properties.setProperty("bootstrap.servers", "localhost:9092");
        properties.setProperty("schema.registry.url", "http://localhost:8081");
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty(settings[i], settings[i + 1]);
        }
        return new Doorkeeper(SignalboxConfig.of(properties, Map.of()));
    }

    private static Guard guard(Doorkeeper doorkeeper) {
        try (var f = Fixture.withClusters()) {
            return doorkeeper.guard(f.log.accessKeys(), new SecureRandom(), new SimpleMeterRegistry());
        }
    }

    private String file(String content) throws IOException {
        return Files.writeString(directory.resolve("admin.key"), content).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.1.2.3"})
    void on_this_machine_nobody_is_asked(String host) {
        var doorkeeper = with("http.host", host);
        doorkeeper.check();
        assertThat(guard(doorkeeper)).isEqualTo(Guard.OPEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void elsewhere_it_does_not_start_unless_somebody_is_asked(String host) throws IOException {
        assertThatThrownBy(() -> with("http.host", host).check())
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("http.host is " + host)
                .hasMessageContaining("access.admin.key.file")
                .hasMessageNotContaining("\n");
        with("http.host", host, "access.enabled", "true").check();
        var doorkeeper = with("http.host", host, "access.admin.key.file", file("first:0123456789abcdef"));
        doorkeeper.check();
        assertThat(guard(doorkeeper)).isInstanceOf(Authentication.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "first", "first:short", ":0123456789abcdef", "fi rst:0123456789abcdef"})
    void an_admin_key_that_is_none_is_refused_without_telling_it(String content) throws IOException {
        var doorkeeper = with("access.admin.key.file", file(content));
        assertThatThrownBy(doorkeeper::check)
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("access.admin.key.file: ")
                .hasMessageNotContaining("short")
                .hasMessageNotContaining("0123456789abcdef");
        assertThatThrownBy(
                        with("access.admin.key.file", directory.resolve("none").toString())::check)
                .hasMessageContaining("cannot read");
    }

    @Test
    void half_of_what_tokens_need_is_refused() {
        String keys = new Tokens(directory).file().toString();
        String[][] halves = {
            {"access.jwt.issuer", "i"},
            {"access.jwt.audience", "a"},
            {"access.jwt.jwks.file", keys},
            {"access.jwt.issuer", "i", "access.jwt.jwks.file", keys},
            {"access.jwt.issuer", "i", "access.jwt.audience", "a"},
            {
                "access.jwt.issuer",
                "i",
                "access.jwt.audience",
                "a",
                "access.jwt.jwks.file",
                keys,
                "access.jwt.jwks.url",
                "https://x/y"
            },
        };
        for (String[] half : halves) {
            assertThatThrownBy(with(half)::check)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("Tokens need ");
        }
        with("access.jwt.issuer", "i", "access.jwt.audience", "a", "access.jwt.jwks.file", keys)
                .check();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "RS256,HS512", "rs256", "nonsense"})
    void only_algorithms_with_two_keys_can_be_set(String algorithms) {
        String keys = new Tokens(directory).file().toString();
        var doorkeeper = with(
                "access.jwt.issuer",
                "i",
                "access.jwt.audience",
                "a",
                "access.jwt.jwks.file",
                keys,
                "access.jwt.algorithms",
                algorithms);
        assertThatThrownBy(doorkeeper::check)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("algorithms");
    }

    @Test
    void keys_that_are_not_there_are_told_at_the_start() throws IOException {
        String none = Files.writeString(directory.resolve("none.json"), "[]").toString();
        for (String file : new String[] {none, directory.resolve("absent").toString()}) {
            var doorkeeper = with("access.jwt.issuer", "i", "access.jwt.audience", "a", "access.jwt.jwks.file", file);
            assertThatThrownBy(doorkeeper::check)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("cannot read the issuer's keys");
        }
    }
}
