package io.signalbox.api.http;

/** The server could not take its port. The message is one line and says what to do. */
public final class CannotListenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CannotListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
