package io.signalbox.processor.domain;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The text that stands for a secret wherever it is kept: {@code sealed:v1:<key id>:<base64url>}. Who has no key can tell that
 * it is one, with which key it was made, and whether two of one setting of one connector are equal; and nothing else.
 */
public final class Sealed {

    public static final String PREFIX = "sealed:v1:";
    private static final String ANY_VERSION = "sealed:v";
    private static final Pattern FORM = Pattern.compile("sealed:v1:([0-9]{1,10}):([A-Za-z0-9_-]{1,4194304})");

    private Sealed() {}

    /**
     * Whether a value has the form, or one that a later version may have. That it has does not mean that it can be opened:
     * so a caller may not send such a value.
     *
     * @param value may be null
     */
    public static boolean is(String value) {
        return value != null && value.startsWith(ANY_VERSION);
    }

    /** @return the id of its key, as it stands in the key set; empty when the text is none of this version */
    public static Optional<String> keyId(String text) {
        var parts = FORM.matcher(text);
        return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
    }

    /** @return what stands behind the key's id; empty as for {@link #keyId} */
    public static Optional<String> content(String text) {
        var parts = FORM.matcher(text);
        return parts.matches() ? Optional.of(parts.group(2)) : Optional.empty();
    }

    /** Those within a longer text, as often as they are there. */
    static Stream<String> in(String text) {
        return FORM.matcher(text).results().map(MatchResult::group);
    }

    public static String text(String keyId, String content) {
        return PREFIX + keyId + ":" + content;
    }
}
