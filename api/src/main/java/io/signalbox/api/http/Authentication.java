package io.signalbox.api.http;

import io.javalin.http.Context;
import io.signalbox.api.access.BadCredentialsException;
import io.signalbox.api.access.CertificateGrants;
import io.signalbox.api.access.FailedTries;
import io.signalbox.api.access.KeyVerifier;
import io.signalbox.api.access.Principal;
import io.signalbox.api.access.TokenKeysAwayException;
import io.signalbox.api.access.TokenVerifier;
import io.signalbox.api.access.TooBusyException;
import io.signalbox.api.access.TooManyFailuresException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Knows callers by the certificate of their connection, or by their {@code Authorization}: {@code Basic} with an access key's
 * id and secret (RFC 7617), or {@code Bearer} with a token (RFC 6750). A caller is never told what of it was wrong; the log is.
 */
public final class Authentication implements Guard {

    /** Where the servlet API has them; empty unless the connection asked for one and found it good. */
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private static final int LONGEST = 8 * 1024;

    private static final String BASIC = "Basic realm=\"Signalbox\", charset=\"UTF-8\"";
    private static final String BEARER = "Bearer realm=\"Signalbox\"";

    private final KeyVerifier keys;
    private final TokenVerifier tokens;
    private final CertificateGrants certificates;
    private final FailedTries tries;

    /**
     * @param tokens null where tokens are not taken
     * @param certificates null where callers are not known by certificates
     */
    public Authentication(KeyVerifier keys, TokenVerifier tokens, CertificateGrants certificates, FailedTries tries) {
        this.tries = tries;
        this.certificates = certificates;
        this.tokens = tokens;
        this.keys = keys;
    }

    @Override
    public Principal identify(Context ctx) {
        List<String> given = Collections.list(ctx.req().getHeaders("Authorization"));
        var exchange = Exchange.of(ctx);
        var attempt = tries.from(exchange.origin());
        try {
            var principal = principal(ctx, given, attempt);
            attempt.refund();
            return principal;
        } catch (BadCredentialsException bad) {
            exchange.cause(bad.getMessage());
            throw refused(given, attempt);
        } catch (TooManyFailuresException many) {
            exchange.cause(many.getMessage());
            throw slowed(attempt);
        } catch (TokenKeysAwayException away) {
            exchange.cause(away.getMessage());
            throw Refusal.unavailable(
                    "Tokens cannot be checked just now: their issuer's keys cannot be had. Try again");
        } catch (TooBusyException busy) {
            throw Refusal.unavailable("Too many callers say who they are just now. Try again");
        }
    }

    private Principal principal(Context ctx, List<String> given, FailedTries.Try attempt)
            throws BadCredentialsException {
        return switch (given.size()) {
            case 0 -> certified(ctx);
            case 1 -> known(given.getFirst(), attempt);
            default -> throw new BadCredentialsException("more than one Authorization");
        };
    }

    /** What is said in the request counts more than by which connection it came. */
    private Principal certified(Context ctx) throws BadCredentialsException {
        var shown = ctx.req().getAttribute(CERTIFICATES);
        if (certificates == null || !(shown instanceof X509Certificate[] chain) || chain.length == 0) {
            throw new BadCredentialsException("no credentials");
        }
        return certificates.verify(chain[0]);
    }

    private Principal known(String given, FailedTries.Try attempt) throws BadCredentialsException {
        int space = given.indexOf(' ');
        if (space < 0 || given.length() > LONGEST) {
            throw new BadCredentialsException("malformed Authorization");
        }
        var credentials = given.substring(space + 1).strip();
        return switch (given.substring(0, space).toLowerCase(Locale.ROOT)) {
            case "basic" -> basic(credentials, attempt);
            case "bearer" -> bearer(credentials);
            default -> throw new BadCredentialsException("unknown scheme of Authorization");
        };
    }

    private Principal basic(String credentials, FailedTries.Try attempt) throws BadCredentialsException {
        var text = decoded(credentials);
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw new BadCredentialsException("malformed Basic credentials");
        }
        return keys.verify(text.substring(0, colon), text.substring(colon + 1), attempt);
    }

    private Principal bearer(String token) throws BadCredentialsException {
        if (tokens == null) {
            throw new BadCredentialsException("tokens are not taken here");
        }
        return tokens.verify(token);
    }

    private static String decoded(String credentials) throws BadCredentialsException {
        try {
            var bytes = Base64.getDecoder().decode(credentials);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new BadCredentialsException("malformed Basic credentials");
        }
    }

    /** Who says nothing tries nothing: some clients say who they are only when they are asked to. */
    private Refusal refused(List<String> given, FailedTries.Try attempt) {
        if (!given.isEmpty() && !attempt.pay()) {
            return slowed(attempt);
        }
        return new Refusal(new Failure(
                401,
                given.isEmpty() ? "Say who you are: this needs an Authorization header" : "Unknown credentials",
                Map.of("WWW-Authenticate", tokens == null ? BASIC : BASIC + ", " + BEARER)));
    }

    private static Refusal slowed(FailedTries.Try attempt) {
        long seconds = attempt.refused();
        return new Refusal(new Failure(
                429,
                "Too many from your address have failed to prove who they are, so that new credentials are not checked just"
                        + " now. Try again in " + seconds + " s",
                Map.of("Retry-After", Long.toString(seconds))));
    }
}
