package io.signalbox.processor.dataplane.systems;

/** A database did not do what it was asked. Its message is for people and holds no secret; it has no cause, which may. */
public final class SystemException extends RuntimeException {

    /** What the caller can make of it: a closed set. */
    public enum Kind {
        /** It could not be reached, or did not answer in time. */
        UNREACHABLE,
        /** Not now: something is locked, in use, or used up. */
        BUSY,
        /** It said no, and would say so again: credentials, rights, what it is, the config itself. */
        REFUSED
    }

    /** How many characters of a database's words are told. */
    public static final int LONGEST = 1_000;

    private final Kind kind;

    public SystemException(Kind kind, String message) {
        super(bounded(message));
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** A stranger's words, on one line, and not too many of them. */
    public static String bounded(String words) {
        String line = words.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
    }
}
