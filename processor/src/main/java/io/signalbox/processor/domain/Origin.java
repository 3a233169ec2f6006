package io.signalbox.processor.domain;

/**
 * What a caller said of himself and of his reason, and by which way he came. It is kept with what follows from his command, and
 * decides nothing. Nobody has proved any of it.
 *
 * @param dialect the flavour of the HTTP surface, such as {@code kafka-connect}; null when there was none
 * @param from who he says he is: HTTP's {@code From}; null when he did not say
 * @param reason why; null when he did not say
 */
public record Origin(String dialect, String from, String reason) {

    public static final Origin NONE = new Origin(null, null, null);

    /** In characters. */
    public static final int LONGEST = 500;

    /** @throws IllegalArgumentException if one of them is empty, too long or holds a control character; the message says which */
    public Origin {
        check("dialect", dialect);
        check("from", from);
        check("reason", reason);
    }

    private static void check(String what, String text) {
        if (text == null) {
            return;
        }
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new IllegalArgumentException("Illegal " + what + ": use 1 to " + LONGEST + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("Illegal " + what + ": it may not contain control characters");
        }
    }
}
