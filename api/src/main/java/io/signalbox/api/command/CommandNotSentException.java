package io.signalbox.api.command;

/** The command did not reach the log, and so changed nothing: Kafka or the schema registry is away. */
public final class CommandNotSentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandNotSentException(String message, Throwable cause) {
        super(message, cause);
    }
}
