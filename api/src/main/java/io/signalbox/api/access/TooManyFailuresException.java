package io.signalbox.api.access;

/** So many from there have failed that it is not looked at who asks. No stack trace: it is no bug. */
public final class TooManyFailuresException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyFailuresException() {
        super("Too many failures", null, false, false);
    }
}
