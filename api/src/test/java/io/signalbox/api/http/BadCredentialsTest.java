package io.signalbox.api.http;

import static io.signalbox.api.http.Guarded.basic;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import io.signalbox.api.access.Tokens;
import io.signalbox.processor.domain.ClusterSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever does not prove who he is gets nothing but 401, from no route, and nothing happens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadCredentialsTest {

    private static final String[] NONE = {};

    private Fixture f;
    private Tokens tokens;
    private Guarded.Key key;
    private final Map<String, String[]> cases = new LinkedHashMap<>();

    @BeforeAll
    void start(@TempDir Path directory) {
        tokens = new Tokens(directory);
        f = Guarded.fixture(tokens);
        f.register(Fixture.LOCAL, ClusterSpec.Policies.DEFAULT);
        key = Guarded.newKey(f, "admin");
        keys();
        tokens();
    }

    @AfterAll
    void stop() {
        f.close();
    }

    private void keys() {
        String id = key.id();
        String secret = key.secret();
        cases.put("nothing", NONE);
        bad("empty", "");
        bad("a scheme and nothing", "Basic");
        bad("not Base64", "Basic ???");
        bad("no colon", "Basic " + base64(id));
        bad("no id", basic("", secret));
        bad("no secret", basic(id, ""));
        bad(
                "not UTF-8",
                "Basic " + Base64.getEncoder().encodeToString(new byte[] {'a', ':', (byte) 0xff, (byte) 0xfe}));
        bad("unknown id", basic("NOBODY", secret));
        bad("wrong secret", basic(id, "wrong"));
        bad("truncated secret", basic(id, secret.substring(0, secret.length() - 1)));
        bad("secret and more", basic(id, secret + "A"));
        bad("its hash", basic(id, f.log.accessKeys().find(id).orElseThrow().hash()));
        bad("id and secret changed places", basic(secret, id));
        bad("wrong secret of the first", basic("first", "wrong"));
        bad("in clear", id + ":" + secret);
        bad("unknown scheme", "Digest " + base64(id + ":" + secret));
        bad("a key as a token", "Bearer " + base64(id + ":" + secret));
        bad("far too long", "Basic " + "A".repeat(9_000));
        cases.put(
                "two headers",
                new String[] {"Authorization", key.authorization(), "Authorization", "Bearer " + tokens.good("admin")});
        var revoked = Guarded.newKey(f, "admin");
        assertThat(Guarded.as(f, revoked, "GET", "/connectors", null).status()).isEqualTo(200);
        f.send("DELETE", "/signalbox/v1/access/keys/" + revoked.id(), null, "Authorization", Guarded.ADMIN);
        bad("revoked", revoked.authorization());
    }

    private void tokens() {
        var good = Tokens.claims("admin");
        String token = tokens.good("admin");
        String[] parts = token.split("\\.");
        bearer("nothing behind", "");
        bearer("expired", tokens.signed(Tokens.header(), Tokens.claims("admin").expirationTime(at(-31))));
        bearer(
                "not yet valid",
                tokens.signed(Tokens.header(), Tokens.claims("admin").notBeforeTime(at(31))));
        bearer(
                "without end",
                tokens.signed(Tokens.header(), Tokens.claims("admin").expirationTime(null)));
        bearer(
                "another audience",
                tokens.signed(Tokens.header(), Tokens.claims("admin").audience("another")));
        bearer(
                "no audience",
                tokens.signed(Tokens.header(), Tokens.claims("admin").audience((String) null)));
        bearer(
                "another issuer",
                tokens.signed(Tokens.header(), Tokens.claims("admin").issuer("https://evil.example")));
        bearer(
                "no issuer",
                tokens.signed(Tokens.header(), Tokens.claims("admin").issuer(null)));
        bearer(
                "no subject",
                tokens.signed(Tokens.header(), Tokens.claims("admin").subject(null)));
        bearer(
                "a subject with a line break",
                tokens.signed(Tokens.header(), Tokens.claims("admin").subject("a\nb")));
        bearer("alg none", Tokens.unsigned(good));
        bearer("alg none, with a signature", base64("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2]);
        bearer("signed with the public key as a secret", tokens.confused(good));
        bearer("signed by another key", tokens.forged(Tokens.header(), good));
        bearer("signed by a key that it brings along", tokens.selfSigned(good));
        bearer("unknown kid", tokens.forged(Tokens.header().keyID("second"), good));
        bearer("another algorithm", tokens.signed(new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("first"), good));
        bearer("another type", tokens.signed(Tokens.typed("secevent+jwt"), good));
        bearer("truncated", token.substring(0, token.length() - 20));
        bearer("without signature", parts[0] + "." + parts[1] + ".");
        bearer("other claims", parts[0] + "." + base64("{\"sub\":\"eve\"}") + "." + parts[2]);
        bearer("two parts", parts[0] + "." + parts[1]);
        bearer("no token", "nonsense");
        bad("a token as a key", basic("ann", token));
    }

    private static Date at(int seconds) {
        return Date.from(Tokens.NOW.plusSeconds(seconds));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void bearer(String what, String token) {
        bad("token: " + what, "Bearer " + token);
    }

    private void bad(String what, String authorization) {
        cases.put(what, new String[] {"Authorization", authorization});
    }

    static List<AccessTable.Line> routes() {
        return AccessMatrixTest.routes();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void every_case_is_401_and_nothing_happens(AccessTable.Line line) {
        assertThat(cases).hasSizeGreaterThanOrEqualTo(25);
        int before = f.log.commands().size();
        int asked = f.worker.asked().size();
        List<String> wrong = new ArrayList<>();
        cases.forEach((what, headers) -> {
            var answer = f.send(line.method(), path(line), line.method().equals("GET") ? null : "{}", headers);
            boolean shaped = answer.status() == 401
                    // Each dialect has its own form of it, which its document has.
                    && (answer.json().path("error_code").asInt() == 401
                            || answer.json().path("code").asText().equals("UNAUTHENTICATED")
                            || answer.json().at("/error/code").asText().equals("unauthenticated"))
                    && answer.header("WWW-Authenticate").startsWith("Basic realm=\"Signalbox\"")
                    && answer.header("WWW-Authenticate").endsWith("Bearer realm=\"Signalbox\"");
            if (!shaped) {
                wrong.add(what + " " + line + " -> " + answer);
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(f.log.commands()).hasSize(before);
        assertThat(f.worker.asked()).hasSize(asked);
    }

    @Test
    void good_ones_are_good() {
        assertThat(Guarded.as(f, key, "GET", "/connectors", null).status()).isEqualTo(200);
        for (String scheme : List.of("Bearer", "bearer", "BEARER")) {
            var answer = f.send(
                    "GET", "/signalbox/v1/access/me", null, "Authorization", scheme + " " + tokens.good("admin"));
            assertThat(answer.json().path("actor").asText()).isEqualTo("user:ann");
        }
    }

    @Test
    void what_is_open_to_all_is_so_with_bad_credentials_too() {
        for (String path : List.of("/health", "/health/live", "/health/ready", "/openapi/documents.json")) {
            assertThat(f.send("GET", path, null, "Authorization", basic("a", "b"))
                            .status())
                    .isEqualTo(200);
        }
    }

    private static String path(AccessTable.Line line) {
        return line.path()
                .replace("{env}", "default")
                .replace("{cluster}", "local")
                .replace("{connector}", "a")
                .replace("{pipeline}", "a")
                .replace("{id}", "none")
                .replace("{task}", "0")
                .replace("{plugin}", "X")
                .replace("{logger}", "root")
                .replace("{key}", "NONE");
    }
}
