package io.signalbox.processor.secrets;

/** A sealed value that cannot be opened here. The message is for an operator: it names the setting and the key, no value. */
public final class UnopenableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnopenableException(String message) {
        super(message);
    }
}
