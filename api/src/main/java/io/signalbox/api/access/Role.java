package io.signalbox.api.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do; each role may do what those before it may. */
public enum Role {
    /** Read. */
    VIEWER,
    /** Pause, resume, stop and restart what is there. */
    OPERATOR,
    /** Create, change and delete. */
    EDITOR,
    /** Clusters, log levels of workers, keys. */
    ADMIN;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As it stands in grants. */
    public String word() {
        return word;
    }

    /** @return empty when no role is called so */
    static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word.equals(word)).findFirst();
    }

    boolean includes(Role needed) {
        return compareTo(needed) >= 0;
    }
}
