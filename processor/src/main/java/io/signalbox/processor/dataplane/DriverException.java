package io.signalbox.processor.dataplane;

import io.signalbox.processor.secrets.Redactor;

/** A data plane did not do what it was asked, or nobody can tell. */
public final class DriverException extends RuntimeException {

    /** What the caller can make of it: a closed set. */
    public enum Kind {
        /** No worker could be reached: nothing was done. */
        UNREACHABLE,
        /** Not now (409, 429): read back, then try again. */
        BUSY,
        /** The worker refused it (any other 4xx), and said why. */
        REFUSED,
        /** A 5xx, a time-out, an answer that cannot be read: it may or may not have been done. */
        BROKEN
    }

    /** How many characters of a worker's words are told. */
    public static final int LONGEST = 8_192;

    private final Kind kind;
    private final int status;
    private final String worker;

    /**
     * @param status the HTTP status; 0 when there was no answer
     * @param worker {@code host:port}; null when none answered
     * @param message the worker's own words where there are any
     */
    public DriverException(Kind kind, int status, String worker, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.status = status;
        this.worker = worker;
    }

    public DriverException(Kind kind, int status, String worker, String message) {
        this(kind, status, worker, message, null);
    }

    /**
     * The same without the secrets that its message quotes, and then without its cause, which may quote them as well; not longer
     * than {@value #LONGEST} characters.
     */
    DriverException redacted(Redactor redactor) {
        String words = redactor.redact(getMessage());
        String shown = words == null || words.length() <= LONGEST ? words : words.substring(0, LONGEST);
        return shown == null || shown.equals(getMessage()) ? this : new DriverException(kind, status, worker, shown);
    }

    public Kind kind() {
        return kind;
    }

    public int status() {
        return status;
    }

    public String worker() {
        return worker;
    }

    /** Whether the request itself was turned down, so that asking again changes nothing. */
    public boolean refusal() {
        return kind == Kind.REFUSED && status != 404;
    }

    public boolean notFound() {
        return kind == Kind.REFUSED && status == 404;
    }
}
