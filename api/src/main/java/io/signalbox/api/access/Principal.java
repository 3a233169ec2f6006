package io.signalbox.api.access;

/**
 * Who asks.
 *
 * @param actor what is recorded as the actor of what follows, such as {@code key:…}; null for who did not say, and did not have to
 */
public record Principal(String actor, Grants grants) {

    /** Who did not say who he is, where nobody has to. */
    public static final Principal ANYBODY = new Principal(null, Grants.EVERYTHING);

    /** Who was not asked, and may do nothing that is not open to all. */
    public static final Principal NOBODY = new Principal(null, Grants.NONE);
}
