package io.signalbox.processor.secrets;

import io.signalbox.processor.domain.SecretId;
import java.util.ArrayList;
import java.util.List;

/** A piece of a value: a reference to a stored secret, or what stands around it. */
sealed interface Piece {

    String OPENING = "${secretsManager:";
    char CLOSING = '}';

    /** What is no reference of ours; others' references are among it. */
    record Literal(String text) implements Piece {}

    /** {@code ${secretsManager:<id>:<key>}}, be it a legal one or not. */
    record Reference(String id, String key) implements Piece {

        private static final int LONGEST_KEY = 1024;
        private static final int LONGEST_SHOWN = 255;

        /** Whether it can stand for something. */
        boolean legal() {
            return SecretId.legal(id) && !key.isEmpty() && key.length() <= LONGEST_KEY;
        }

        /** For people, in one line. */
        String shownKey() {
            String shown = key.replaceAll("\\p{Cntrl}", "?");
            return shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) + "…" : shown;
        }
    }

    /**
     * Whether there is a reference in it.
     *
     * @param text null has none
     */
    static boolean refers(String text) {
        int begin = text == null ? -1 : text.indexOf(OPENING);
        return begin >= 0 && text.indexOf(CLOSING, begin) >= 0;
    }

    /** In one pass. What is not closed is no reference, as with Kafka's own. */
    static List<Piece> of(String text) {
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        for (int begin = text.indexOf(OPENING); begin >= 0; begin = text.indexOf(OPENING, at)) {
            int end = text.indexOf(CLOSING, begin);
            if (end < 0) {
                break;
            }
            if (begin > at) {
                pieces.add(new Literal(text.substring(at, begin)));
            }
            pieces.add(reference(text.substring(begin + OPENING.length(), end)));
            at = end + 1;
        }
        if (at < text.length()) {
            pieces.add(new Literal(text.substring(at)));
        }
        return pieces;
    }

    private static Reference reference(String content) {
        int colon = content.indexOf(':');
        return colon < 0
                ? new Reference(content, "")
                : new Reference(content.substring(0, colon), content.substring(colon + 1));
    }
}
