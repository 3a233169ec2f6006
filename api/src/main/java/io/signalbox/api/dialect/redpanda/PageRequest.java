package io.signalbox.api.dialect.redpanda;

import io.javalin.http.Context;
import io.signalbox.api.http.Violation;
import io.signalbox.api.query.Selection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * {@code page_size} and {@code page_token}. A token names the last connector of the page before, so that what is deleted meanwhile repeats
 * and hides nothing; Console begins again at the first.
 *
 * @param size from 1; {@link Integer#MAX_VALUE} for all
 * @param after null for the first page
 */
record PageRequest(int size, String after) {

    private static final int USUAL = 100;
    private static final int MOST = 1_000;
    private static final int ALL = -1;
    private static final String MARK = "after:";

    /** @throws io.signalbox.api.http.Refusal 400 naming what is wrong */
    static PageRequest of(Context ctx) {
        return new PageRequest(size(ctx.queryParam("page_size")), after(ctx.queryParam("page_token")));
    }

    /** One more than the page holds, to know whether there is a next one. */
    Selection selection() {
        return new Selection(after, size == Integer.MAX_VALUE ? size : size + 1, Set.of(), "");
    }

    /** @param last name of the last connector of this page */
    static String token(String last) {
        return Base64.getEncoder().encodeToString((MARK + last).getBytes(StandardCharsets.UTF_8));
    }

    private static int size(String text) {
        if (text == null || text.isEmpty()) {
            return USUAL;
        }
        try {
            int size = Integer.parseInt(text);
            if (size >= ALL && size <= MOST) {
                return size == 0 ? USUAL : size == ALL ? Integer.MAX_VALUE : size;
            }
        } catch (NumberFormatException none) {
            throw wrongSize();
        }
        throw wrongSize();
    }

    private static RuntimeException wrongSize() {
        return Words.invalid(List.of(new Violation("page_size", "value must be a number from -1 to " + MOST)));
    }

    private static String after(String token) {
        if (token == null || token.isEmpty()) {
            return null;
        }
        try {
            // A plus sign in a query is a space to most servers, this one included.
            var text = new String(Base64.getDecoder().decode(token.replace(' ', '+')), StandardCharsets.UTF_8);
            if (text.startsWith(MARK)) {
                return text.substring(MARK.length());
            }
        } catch (IllegalArgumentException none) {
            throw wrongToken();
        }
        throw wrongToken();
    }

    private static RuntimeException wrongToken() {
        return Words.invalid(
                List.of(new Violation("page_token", "value must be the next_page_token of an answer to this request")));
    }
}
