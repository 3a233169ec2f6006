package io.signalbox.schemas;

/** Bytes that will never make sense, however often they are read. */
public final class UndecodableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }

    public UndecodableException(String message) {
        this(message, null);
    }
}
