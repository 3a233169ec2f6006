package io.signalbox.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The one JSON reader and writer. */
public final class Json {

    /** Buffers are shared between threads: per-thread ones are never used twice by virtual threads. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    public static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY).build();

    private static final int USUAL_ANSWER = 1024;

    private Json() {}

    /** Writes one JSON value. */
    @FunctionalInterface
    public interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    /** @return the value in UTF-8 */
    public static ByteArrayOutputStream write(Writer writer) {
        var out = new ByteArrayOutputStream(USUAL_ANSWER);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            writer.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("A value could not be written as JSON", e);
        }
        return out;
    }
}
