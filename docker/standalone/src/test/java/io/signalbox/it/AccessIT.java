package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.signalbox.standalone.Replica;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Two replicas that ask everybody who he is: what one of them is told of keys holds on the other, and through restarts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class AccessIT {

    private static final String PREFIX = "access";
    private static final String KEYS = "/signalbox/v1/access/keys";
    private static final String SECRET = "the-secret-of-the-first-key";
    private static final String ADMIN = basic("first", SECRET);

    private final RealParts parts = RealParts.shared();
    private List<Replica> replicas;
    private List<Api> apis;
    private RSAKey issuer;

    @BeforeAll
    void start() throws Exception {
        issuer = new RSAKeyGenerator(2048).keyID("it").generate();
        Path directory = parts.directory(PREFIX);
        Path keys = Files.writeString(directory.resolve("jwks.json"), new JWKSet(issuer.toPublicJWK()).toString());
        Path admin = Files.writeString(directory.resolve("admin.key"), "first:" + SECRET);
        Map<String, String> settings = Map.of(
                "topic.partitions", "3",
                "access.admin.key.file", admin.toString(),
                "access.jwt.issuer", "https://issuer.example",
                "access.jwt.audience", "signalbox",
                "access.jwt.jwks.file", keys.toString());
        replicas = List.of(parts.newReplica(PREFIX, settings), parts.newReplica(PREFIX, settings));
        apis = replicas.stream().map(replica -> new Api(replica.url())).toList();
        replicas.forEach(Replica::start);
        awaitReady();
        var spec = Map.of("workers", List.of(SharedReplica.NO_WORKER));
        var registered =
                apis.getFirst().put("/signalbox/v1/environments/default/clusters/local", spec, "Authorization", ADMIN);
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
    }

    @AfterAll
    void stop() {
        replicas.forEach(parts::dismiss);
    }

    @Test
    @Order(1)
    void nobody_comes_in_who_does_not_say_who_he_is() {
        for (Api api : apis) {
            Api.Answer answer = api.get("/connectors");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body().path("error_code").asInt()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).startsWith("Basic realm=\"Signalbox\"");
            assertThat(api.get("/health/ready").status()).isEqualTo(200);
        }
    }

    @Test
    @Order(2)
    void a_key_of_one_replica_is_good_on_the_other_until_it_is_revoked_on_either() throws Exception {
        Api one = apis.getFirst();
        Api other = apis.getLast();
        String key = newKey(one, "editor:default/local/team-*");
        awaitStatus(other, key, "/connectors", 200);

        assertThat(create(other, "team-a", key)).isEqualTo(201);
        assertThat(create(other, "mine", key)).isEqualTo(403);
        assertThat(create(one, "mine", ADMIN)).isEqualTo(201);
        awaitStatus(one, key, "/connectors/team-a", 200);
        assertThat(one.get("/connectors", "Authorization", key).text()).isEqualTo("[\"team-a\"]");
        assertThat(other.get("/connectors", "Authorization", ADMIN).body()).hasSize(2);

        var stream = other.stream("/signalbox/v1/events", "Authorization", key);
        try (var lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(one.send("DELETE", KEYS + "/" + id(key), null, "Authorization", ADMIN)
                            .status())
                    .isEqualTo(204);
            assertThat(one.get("/connectors", "Authorization", key).status()).isEqualTo(401);
            awaitStatus(other, key, "/connectors", 401);
            assertThat(create(one, "team-b", ADMIN)).isEqualTo(201);
            // The stream ends, and tells nothing of what came after.
            assertThat(lines.lines().collect(Collectors.joining())).doesNotContain("team-b");
        }
        assertThat(create(other, "team-c", key)).isEqualTo(401);

        var lifecycle = new Lifecycle(parts, PREFIX);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(lifecycle.actors("default/local/team-a")).containsExactly("key:" + id(key)));
        assertThat(lifecycle.actors("default/local/mine")).containsExactly("key:first");
        assertThat(lifecycle.of("@access/" + id(key)))
                .extracting(Lifecycle.Event::type)
                .containsExactly("AccessKeyCreated", "AccessKeyRevoked");
        assertThat(lifecycle.of("default/local/team-c")).isEmpty();
    }

    @Test
    @Order(3)
    void a_token_is_good_for_what_it_grants() throws Exception {
        Api api = apis.getLast();
        String viewer = "Bearer " + token("ann", 60, "viewer:default");
        assertThat(api.get("/connectors/mine", "Authorization", viewer).status())
                .isEqualTo(200);
        assertThat(create(api, "hers", viewer)).isEqualTo(403);
        String editor = "Bearer " + token("bob", 60, "editor:default");
        assertThat(create(api, "his", editor)).isEqualTo(201);
        assertThat(api.get("/connectors", "Authorization", "Bearer " + token("ann", -60, "viewer"))
                        .status())
                .isEqualTo(401);
        var lifecycle = new Lifecycle(parts, PREFIX);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(lifecycle.actors("default/local/his")).containsExactly("user:bob"));
    }

    @Test
    @Order(4)
    void keys_live_through_a_restart_of_all_replicas_and_no_secret_is_in_a_log() throws Exception {
        String key = newKey(apis.getFirst(), "viewer");
        String revoked = newKey(apis.getFirst(), "viewer");
        assertThat(apis.getFirst()
                        .send("DELETE", KEYS + "/" + id(revoked), null, "Authorization", ADMIN)
                        .status())
                .isEqualTo(204);
        for (Replica replica : replicas) {
            replica.stop();
        }
        replicas.forEach(Replica::start);
        awaitReady();
        for (Api api : apis) {
            awaitStatus(api, key, "/connectors", 200);
            assertThat(api.get("/connectors", "Authorization", revoked).status())
                    .isEqualTo(401);
        }
        assertThat(logs()).hasSizeGreaterThanOrEqualTo(replicas.size());
        for (Path log : logs()) {
            assertThat(log).content().doesNotContain(secret(key)).doesNotContain(SECRET);
        }
    }

    private List<Path> logs() throws Exception {
        try (Stream<Path> files =
                Files.walk(parts.directory(PREFIX).resolve("../..").normalize())) {
            return files.filter(file -> file.getFileName().toString().startsWith("signalbox-"))
                    .filter(file -> file.toString().endsWith(".log"))
                    .toList();
        }
    }

    private void awaitReady() throws InterruptedException {
        for (Replica replica : replicas) {
            replica.awaitReady(RealParts.START);
        }
    }

    /** @return the value of Authorization */
    private static String newKey(Api api, String grant) {
        Api.Answer made = api.post(KEYS, Map.of("name", "it", "grants", List.of(grant)), "Authorization", ADMIN);
        assertThat(made.status()).as("making a key").isEqualTo(201);
        return basic(made.body().path("id").asText(), made.body().path("secret").asText());
    }

    private static int create(Api api, String name, String authorization) {
        return api.create(name, Map.of("connector.class", "Any"), "?validate=deferred", "Authorization", authorization)
                .status();
    }

    private static void awaitStatus(Api api, String authorization, String path, int status) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                api.get(path, "Authorization", authorization).status())
                        .isEqualTo(status));
    }

    private static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static String id(String authorization) {
        return credentials(authorization)[0];
    }

    private static String secret(String authorization) {
        return credentials(authorization)[1];
    }

    private static String[] credentials(String authorization) {
        byte[] text = Base64.getDecoder().decode(authorization.substring("Basic ".length()));
        return new String(text, StandardCharsets.UTF_8).split(":", 2);
    }

    private String token(String subject, int seconds, String grant) throws Exception {
        var claims = new JWTClaimsSet.Builder()
                .issuer("https://issuer.example")
                .audience("signalbox")
                .subject(subject)
                .expirationTime(Date.from(Instant.now().plusSeconds(seconds)))
                .claim("signalbox_grants", List.of(grant))
                .build();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("it").build(), claims);
        token.sign(new RSASSASigner(issuer));
        return token.serialize();
    }
}
