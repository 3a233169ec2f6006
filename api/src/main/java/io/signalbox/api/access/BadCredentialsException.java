package io.signalbox.api.access;

/** Nobody is let in by these. The message is for the log, not for the caller, and holds no secret. No stack trace: it is no bug. */
public final class BadCredentialsException extends Exception {

    private static final long serialVersionUID = 1L;

    public BadCredentialsException(String why) {
        super(why, null, false, false);
    }
}
