package io.signalbox.api.access;

/** The keys of a token's issuer cannot be had just now, so that nobody can tell whether it is good. */
public final class TokenKeysAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TokenKeysAwayException(Throwable cause) {
        super("The keys of the tokens' issuer cannot be had: " + cause.getMessage(), cause);
    }
}
