package io.signalbox.api.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** An issuer with one key. For tests. */
public final class Tokens {

    public static final String ISSUER = "https://issuer.example";
    public static final String AUDIENCE = "signalbox";
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final RSAKey KEY = newKey("first");
    private static final RSAKey FOREIGN = newKey("first");

    private final Path file;

    /** @param directory for the file with the public key */
    public Tokens(Path directory) {
        try {
            file = Files.writeString(directory.resolve("keys.json"), new JWKSet(KEY.toPublicJWK()).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    public Path file() {
        return file;
    }

    public TokenVerifier verifier() {
        return verifier(InstantSource.fixed(NOW));
    }

    public TokenVerifier verifier(InstantSource clock) {
        return verifier(null, file, clock);
    }

    /** Whose keys are had from there. */
    public TokenVerifier verifier(URI keys) {
        return verifier(keys, null, InstantSource.fixed(NOW));
    }

    private static TokenVerifier verifier(URI url, Path path, InstantSource clock) {
        var settings = new TokenSettings(ISSUER, AUDIENCE, url, path, Set.of(JWSAlgorithm.RS256), "signalbox_grants");
        try {
            return new TokenVerifier(settings, clock, new SecureRandom());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Claims that are good. */
    public static JWTClaimsSet.Builder claims(String... grants) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(List.of("another", AUDIENCE))
                .subject("ann")
                .issueTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(300)))
                .claim("signalbox_grants", List.of(grants));
    }

    public static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("first");
    }

    /** A good token. */
    public String good(String... grants) {
        return signed(header(), claims(grants));
    }

    public String signed(JWSHeader.Builder header, JWTClaimsSet.Builder claims) {
        return signed(KEY, header, claims);
    }

    /** With a key of the same id that is not the issuer's. */
    public String forged(JWSHeader.Builder header, JWTClaimsSet.Builder claims) {
        return signed(FOREIGN, header, claims);
    }

    /** With a key of its own, which it brings along. */
    public String selfSigned(JWTClaimsSet.Builder claims) {
        return signed(FOREIGN, header().jwk(FOREIGN.toPublicJWK()), claims);
    }

    private static String signed(RSAKey with, JWSHeader.Builder header, JWTClaimsSet.Builder claims) {
        try {
            var token = new SignedJWT(header.build(), claims.build());
            token.sign(new RSASSASigner(with));
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** Signed with what everybody knows, as if it were a secret that both sides know. */
    public String confused(JWTClaimsSet.Builder claims) {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), claims.build());
            token.sign(new MACSigner(KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    public static String unsigned(JWTClaimsSet.Builder claims) {
        return new PlainJWT(claims.build()).serialize();
    }

    public static JWSHeader.Builder typed(String type) {
        return header().type(new JOSEObjectType(type));
    }
}
