package io.signalbox.api.pipeline.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

final class Parsed {

    private Parsed() {}

    static JsonNode json(byte[] text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
