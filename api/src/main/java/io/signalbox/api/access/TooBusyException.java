package io.signalbox.api.access;

/** So many credentials are being checked that it cannot be said just now who asks. No stack trace: it is no bug. */
public final class TooBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooBusyException() {
        super("Too many credentials are being checked", null, false, false);
    }
}
