package io.signalbox.api.query;

/** Another replica did not answer at all: it may be gone, or hang. */
final class ReplicaSilentException extends StoreUnavailableException {

    private static final long serialVersionUID = 1;

    ReplicaSilentException(String message, Throwable cause) {
        super(message, cause);
    }
}
