package io.signalbox.api.command;

/** No outcome in time: "unknown", not "failed". Asking again with the same command id gives the answer. */
public final class OutcomeUnknownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String commandId;

    public OutcomeUnknownException(String commandId) {
        super("No outcome yet for command " + commandId + ". It may still take effect. Ask again with the header "
                + "'Idempotency-Key: " + commandId + "' to learn its outcome");
        this.commandId = commandId;
    }

    public String commandId() {
        return commandId;
    }
}
