package io.signalbox.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenVerifierTest {

    @TempDir
    Path directory;

    private final AtomicReference<Instant> clock = new AtomicReference<>(Tokens.NOW);
    private Tokens tokens;

    @BeforeEach
    void issuer() {
        tokens = new Tokens(directory);
    }

    @Test
    void a_good_token_says_who_and_what() throws Exception {
        var verifier = tokens.verifier();
        var principal = verifier.verify(tokens.good("viewer", "not:ours", "editor:prod"));
        assertThat(principal.actor()).isEqualTo("user:ann");
        assertThat(principal.grants()).isEqualTo(Grants.parse("viewer editor:prod"));
        assertThat(verifier.verify(tokens.signed(Tokens.typed("at+jwt"), Tokens.claims()))
                        .grants())
                .isEqualTo(Grants.NONE);
        var oneText = Tokens.claims().claim("signalbox_grants", "viewer admin:lab");
        assertThat(verifier.verify(tokens.signed(Tokens.header(), oneText)).grants())
                .isEqualTo(Grants.parse("viewer admin:lab"));
        var noText = Tokens.claims().claim("signalbox_grants", 5);
        assertThat(verifier.verify(tokens.signed(Tokens.header(), noText)).grants())
                .isEqualTo(Grants.NONE);
    }

    @Test
    void a_token_that_was_good_expires() throws Exception {
        var verifier = tokens.verifier(clock::get);
        String token = tokens.good("viewer");
        verifier.verify(token);
        clock.set(Tokens.NOW.plusSeconds(329));
        verifier.verify(token);
        clock.set(Tokens.NOW.plusSeconds(331));
        assertThatThrownBy(() -> verifier.verify(token)).isInstanceOf(BadCredentialsException.class);
    }

    @Test
    void a_file_that_is_half_written_takes_nothing_away() throws Exception {
        var verifier = tokens.verifier(clock::get);
        Files.writeString(tokens.file(), "{\"keys\":[{");
        Files.setLastModifiedTime(tokens.file(), FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
        assertThat(verifier.verify(tokens.good("viewer")).actor()).isEqualTo("user:ann");
    }

    @Test
    void keys_come_from_their_url_and_from_nowhere_else() throws Exception {
        var issuer = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        try {
            issuer.createContext("/keys", exchange -> answer(exchange, 200, Files.readString(tokens.file())));
            issuer.createContext("/moved", exchange -> {
                exchange.getResponseHeaders().set("Location", "/keys");
                answer(exchange, 302, "");
            });
            issuer.start();
            String at = "http://127.0.0.1:" + issuer.getAddress().getPort();
            assertThat(tokens.verifier(URI.create(at + "/keys"))
                            .verify(tokens.good("viewer"))
                            .actor())
                    .isEqualTo("user:ann");
            assertThatThrownBy(() -> tokens.verifier(URI.create(at + "/moved")).verify(tokens.good("viewer")))
                    .isInstanceOf(TokenKeysAwayException.class);
            assertThatThrownBy(() -> tokens.verifier(URI.create(at + "/none")).verify(tokens.good("viewer")))
                    .as("nobody can tell")
                    .isInstanceOf(TokenKeysAwayException.class);
            var asking = tokens.verifier(URI.create(at + "/keys"));
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() ->
                                asking.verify(tokens.forged(Tokens.header().keyID("unknown"), Tokens.claims())))
                        .isInstanceOf(BadCredentialsException.class);
            }
        } finally {
            issuer.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void keys_that_are_replaced_are_read_again() throws Exception {
        var verifier = tokens.verifier(clock::get);
        String token = tokens.good("viewer");
        verifier.verify(token);
        RSAKey other = new RSAKeyGenerator(2048).keyID("second").generate();
        Files.writeString(tokens.file(), new JWKSet(other.toPublicJWK()).toString());
        Files.setLastModifiedTime(tokens.file(), FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
        clock.set(Tokens.NOW.plusSeconds(61));
        assertThatThrownBy(() -> verifier.verify(token)).isInstanceOf(BadCredentialsException.class);
    }
}
