package io.signalbox.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * Knows by a signed token (RFC 7519) who asks. A token that was good is known again by a fingerprint, for a minute at most and
 * never longer than it says itself. Safe for use by many threads.
 */
public final class TokenVerifier {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int MOST = 10_000;
    private static final int CLOCKS_APART_S = 30;
    private static final int LONGEST_SUBJECT = 255;
    private static final int HTTP_MS = 2_000;
    private static final int LARGEST_KEYS = 1 << 20;
    private static final long KEYS_CACHED_MS = Duration.ofMinutes(2).toMillis();
    private static final long KEYS_KEPT_MS = Duration.ofMinutes(15).toMillis();

    private record Seen(Instant until, Principal principal) {}

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final String grantsClaim;
    private final InstantSource clock;
    private final Fingerprints fingerprints;
    private final Cache<String, Seen> good =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /** @throws IOException when the file with the keys cannot be read, or holds none */
    public TokenVerifier(TokenSettings settings, InstantSource clock, SecureRandom random) throws IOException {
        this.clock = clock;
        this.grantsClaim = settings.grantsClaim();
        this.fingerprints = new Fingerprints(random);
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(settings.algorithms(), keys(settings)));
        // RFC 9068 calls access tokens so; others call them JWT, or nothing.
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWTClaimsSetVerifier(claims(settings));
    }

    private static JWKSource<SecurityContext> keys(TokenSettings settings) throws IOException {
        if (settings.keysUrl() == null) {
            return new FileKeys(settings.keysFile());
        }
        return JWKSourceBuilder.create(url(settings), new NoRedirects())
                .cache(KEYS_CACHED_MS, 2 * HTTP_MS)
                .outageTolerant(KEYS_KEPT_MS)
                .build();
    }

    private static URL url(TokenSettings settings) throws IOException {
        try {
            return settings.keysUrl().toURL();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new IOException("Not a URL: " + settings.keysUrl(), e);
        }
    }

    /** Who is sent elsewhere for keys takes them from whoever is there. */
    private static final class NoRedirects extends DefaultResourceRetriever {
        NoRedirects() {
            super(HTTP_MS, HTTP_MS, LARGEST_KEYS);
        }

        @Override
        protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
            var connection = super.openHTTPConnection(url);
            connection.setInstanceFollowRedirects(false);
            return connection;
        }
    }

    private DefaultJWTClaimsVerifier<SecurityContext> claims(TokenSettings settings) {
        var verifier =
                new DefaultJWTClaimsVerifier<>(
                        settings.audience(),
                        new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                        Set.of("sub", "exp")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        verifier.setMaxClockSkew(CLOCKS_APART_S);
        return verifier;
    }

    /**
     * @throws BadCredentialsException when it is not a good one, for whatever reason
     * @throws TokenKeysAwayException when that cannot be told, because the issuer's keys cannot be had
     */
    public Principal verify(String token) throws BadCredentialsException {
        var fingerprint = fingerprints.of(token);
        var now = clock.instant();
        var seen = good.getIfPresent(fingerprint);
        if (seen != null && now.isBefore(seen.until())) {
            return seen.principal();
        }
        var claims = claims(token);
        var principal = principal(claims);
        var expires = claims.getExpirationTime().toInstant();
        var until = now.plus(REMEMBERED);
        good.put(fingerprint, new Seen(expires.isBefore(until) ? expires : until, principal));
        return principal;
    }

    private JWTClaimsSet claims(String token) throws BadCredentialsException {
        try {
            return processor.process(token, null);
        } catch (RateLimitReachedException e) {
            throw new BadCredentialsException("token: an unknown key, and the issuer was asked just now");
        } catch (KeySourceException e) {
            throw new TokenKeysAwayException(e);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new BadCredentialsException("token: " + e.getMessage());
        }
    }

    private Principal principal(JWTClaimsSet claims) throws BadCredentialsException {
        String subject = claims.getSubject();
        if (subject.isBlank()
                || subject.length() > LONGEST_SUBJECT
                || subject.chars().anyMatch(Character::isISOControl)) {
            throw new BadCredentialsException("token: a subject that cannot be recorded");
        }
        return new Principal("user:" + subject, grants(claims.getClaim(grantsClaim)));
    }

    /** What is no grant of ours may be somebody else's. */
    private static Grants grants(Object claim) {
        Collection<?> texts = switch (claim) {
            case Collection<?> many -> many;
            case String one -> Arrays.asList(one.split(" "));
            case null, default -> List.of();
        };
        return Grants.known(texts);
    }
}
