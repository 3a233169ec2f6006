package io.signalbox.processor.domain;

import java.util.regex.Pattern;

/**
 * Which access key. As the key of its records: {@code @access/id}, which no environment can be called.
 *
 * @param id the public half of the key: 1 to 64 of letters, digits, {@code . _ -}
 */
public record AccessKeyId(String id) implements AggregateKey {

    static final String SPACE = "@access";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** @throws IllegalArgumentException if it is not a legal one */
    public AccessKeyId {
        if (!legal(id)) {
            throw new IllegalArgumentException(
                    "Illegal access key: use 1 to 64 letters, digits, dots, underscores or hyphens");
        }
    }

    /** @param id null is not legal */
    public static boolean legal(String id) {
        return id != null && ID.matcher(id).matches();
    }

    /** Null: a key is of no environment. */
    @Override
    public String environment() {
        return null;
    }

    /** Null: a key is of no cluster. */
    @Override
    public String cluster() {
        return null;
    }

    @Override
    public String toString() {
        return SPACE + "/" + id;
    }
}
