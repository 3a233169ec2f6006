package io.signalbox.api.query;

/** The owner has told somebody what its stores do not have yet: no copy has it either, and none is asked. */
final class OwedException extends StoreUnavailableException {

    private static final long serialVersionUID = 1L;

    /** The status of an internal read that ends so; 503 says that the owner is somewhere else, or not ready. */
    static final int STATUS = 409;

    OwedException(String message) {
        super(message, null);
    }
}
