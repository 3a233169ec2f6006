package io.signalbox.standalone;

/** Something that the person at the terminal has to know; the message is one line and says what to do. */
public final class StandaloneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StandaloneException(String message) {
        super(message);
    }

    public StandaloneException(String message, Throwable cause) {
        super(message, cause);
    }
}
