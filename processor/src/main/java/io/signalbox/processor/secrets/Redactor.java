package io.signalbox.processor.secrets;

import io.signalbox.processor.domain.Mask;
import io.signalbox.processor.domain.SecretRule;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes known secrets out of the words of others, who may quote them. Those of fewer than four characters are left: they would
 * be found in any text, and tell by their places what they are.
 */
public final class Redactor {

    public static final Redactor NONE = new Redactor(List.of());
    private static final int SHORTEST = 4;

    private final List<String> secrets;

    private Redactor(List<String> secrets) {
        this.secrets = secrets;
    }

    /** @param secrets null among them is left out */
    public static Redactor of(Collection<String> secrets) {
        var known = secrets.stream()
                .filter(Objects::nonNull)
                .flatMap(secret -> Stream.concat(Stream.of(secret), SecretRule.parts(secret).stream()))
                .filter(secret -> secret.strip().length() >= SHORTEST)
                .flatMap(secret -> List.of(secret, secret.strip(), escaped(secret)).stream())
                .distinct()
                // One may be a part of another.
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        return known.isEmpty() ? NONE : new Redactor(known);
    }

    /** @param more secrets beside those that it knows */
    public Redactor with(Collection<String> more) {
        return of(Stream.concat(secrets.stream(), more.stream()).toList());
    }

    /**
     * @param words null stays null
     * @param own what the reader wrote himself, and gets back as he wrote it: asterisks in it would tell him that he guessed a
     *     secret; null for nothing
     */
    public String redact(String words, String own) {
        return words == null || own == null || redact(own).equals(own)
                ? redact(words)
                : Arrays.stream(words.split(Pattern.quote(own), -1))
                        .map(this::redact)
                        .collect(Collectors.joining(own));
    }

    /** @param words null stays null */
    public String redact(String words) {
        if (words == null) {
            return null;
        }
        String shown = words;
        for (String secret : secrets) {
            shown = shown.replace(secret, Mask.TEXT);
        }
        return shown;
    }

    /** As it stands in a JSON string. */
    private static String escaped(String secret) {
        return secret.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    @Override
    public String toString() {
        return "Redactor[" + secrets.size() + "]";
    }
}
