package io.signalbox.api.query;

/** The state is being restored or has no reachable owner just now; worth trying again in a moment. */
public class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
