package io.signalbox.api.dialect.redpanda;

import io.javalin.http.Context;
import io.signalbox.api.http.Violation;
import io.signalbox.processor.domain.StoredSecret;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * {@code filter.name_contains} and {@code filter.labels[key]=value}, several of which all have to hold.
 *
 * @param contains a part of an id; empty for any
 */
record SecretFilter(String contains, Map<String, String> labels) {

    private static final Pattern PART = Pattern.compile("[a-zA-Z0-9/_+=.@%-]{0,128}");
    private static final Pattern LABEL = Pattern.compile("filter\\.labels\\[(.{1,255})]");

    /** @throws io.signalbox.api.http.Refusal 400 naming what is wrong */
    static SecretFilter of(Context ctx) {
        Map<String, String> labels = new TreeMap<>();
        ctx.queryParamMap().forEach((name, values) -> {
            var label = LABEL.matcher(name);
            if (label.matches()) {
                labels.put(unquoted(label.group(1)), values.getFirst());
            }
        });
        return new SecretFilter(contains(ctx), labels);
    }

    boolean has(StoredSecret secret) {
        return secret.key().id().contains(contains)
                && labels.entrySet().stream()
                        .allMatch(
                                label -> label.getValue().equals(secret.labels().get(label.getKey())));
    }

    private static String contains(Context ctx) {
        String snake = ctx.queryParam("filter.name_contains");
        String given = snake == null ? ctx.queryParam("filter.nameContains") : snake;
        if (given == null) {
            return "";
        }
        // A plus sign in a query is a space to most servers, and no id holds one.
        String part = given.replace(' ', '+');
        if (!PART.matcher(part).matches()) {
            throw Words.invalid(List.of(new Violation(
                    "filter.name_contains", "value must be no more than 128 characters that an id may have")));
        }
        return part;
    }

    /** As Redpanda's documents write it, and as it is written otherwise. */
    private static String unquoted(String key) {
        boolean quoted = key.length() > 2 && key.startsWith("\"") && key.endsWith("\"");
        return quoted ? key.substring(1, key.length() - 1) : key;
    }
}
