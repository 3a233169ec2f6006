package io.signalbox.api.dialect.supermetal.model;

import java.util.Locale;

/**
 * What becomes of a field here: nothing is accepted and then ignored.
 *
 * @param sentence how, or why not, for people
 */
public record Fate(Kind kind, String sentence) {

    public enum Kind {
        /** It does what it says. */
        APPLIED,
        /** It does something like it, or nothing where that makes no difference but in speed; whoever asks for it is told. */
        APPROXIMATED,
        /** A definition that asks for it is not taken. */
        REFUSED;

        /** As in the table for people. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
