package io.signalbox.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;

/** The JSON of a request: what is read of it, and what a caller is told who sends something else. */
final class JsonBody {

    private static final int DEEPEST = 100;
    private static final int LONGEST_NUMBER = 1_000;
    private static final int LONGEST_NAME = 10_000;

    /** Names, values and brackets: of a small body, brackets alone would make a lot of memory. */
    private static final int MOST_TOKENS = 250_000;

    private static final String LIMITS = "The request's body goes beyond what is read of JSON (" + DEEPEST + " levels, "
            + MOST_TOKENS + " names, values and brackets, names of " + LONGEST_NAME + " characters, numbers of "
            + LONGEST_NUMBER + " digits)";

    /** How Jackson begins to say so, which it has no type for. */
    private static final String TWICE = "Duplicate ";

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            // What callers think of as names is kept no longer than their requests.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxTokenCount(MOST_TOKENS)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxStringLength(Body.MAX_BYTES)
                    .build())
            .build();

    private JsonBody() {}

    /**
     * @param none instead of no value, or null; null where there must be one
     * @throws Refusal 400 when it is no JSON, is missing, empty or null, or not what the reader wants
     */
    static <T> T parse(byte[] body, Body.Reader<T> reader, T none) throws IOException {
        Unicode.requireUtf8(body);
        try (JsonParser json = FACTORY.createParser(body)) {
            return read(json, reader, none);
        }
    }

    private static <T> T read(JsonParser json, Body.Reader<T> reader, T none) throws IOException {
        try {
            JsonToken first = json.nextToken();
            if (none != null && (first == null || first == JsonToken.VALUE_NULL)) {
                return none;
            }
            if (first == null) {
                throw Refusal.bad("The request has no body, and needs one in JSON");
            }
            if (first == JsonToken.VALUE_NULL) {
                throw Refusal.bad("The request's body is null, and must not be");
            }
            return reader.read(json);
        } catch (JsonProcessingException e) {
            var where = e.getLocation() == null ? json.currentLocation() : e.getLocation();
            throw Refusal.bad(fault(e) + " at line " + where.getLineNr() + ", column " + where.getColumnNr());
        }
    }

    /** Never in the parser's words: it quotes the text around a fault, which may be a secret that lacks its quotes. */
    private static String fault(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return LIMITS;
        }
        return String.valueOf(e.getOriginalMessage()).startsWith(TWICE)
                ? "The request's body has the same name twice in one object"
                : "The request's body is no JSON";
    }
}
