package io.signalbox.api.http;

import io.javalin.http.Context;
import io.signalbox.processor.domain.Origin;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What a request says of who wants what it asks for, and why: kept with the events that follow. */
final class Origins {

    static final String REASON = "Signalbox-Reason";
    static final String FROM = "From";

    private Origins() {}

    /** @throws Refusal 400 when it says so at too much length, or with control characters */
    static Origin of(Context ctx) {
        try {
            return new Origin(Exchange.of(ctx).dialect(), header(ctx, FROM), header(ctx, REASON));
        } catch (IllegalArgumentException e) {
            throw Refusal.bad(e.getMessage().replace("reason", REASON).replace("from", FROM));
        }
    }

    /** @return null when it is missing or empty */
    private static String header(Context ctx, String name) {
        String value = ctx.req().getHeader(name);
        return value == null || value.isBlank() ? null : utf8(value.strip());
    }

    /** A server gives each byte of a header as a character; clients write UTF-8, or are old and mean those characters. */
    private static String utf8(String value) {
        if (value.chars().noneMatch(c -> c > 0x7f && c <= 0xff) || value.chars().anyMatch(c -> c > 0xff)) {
            return value;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }
}
