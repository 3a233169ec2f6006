package io.signalbox.processor.secrets;

/** A key set that cannot be had. The message is one line for an operator, without any of its content. */
public final class KeySetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeySetException(String message) {
        super(message);
    }
}
