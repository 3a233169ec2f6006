package io.signalbox.api.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** One wire-compatible flavour of the HTTP surface. */
public interface Dialect {

    /** Adds its routes. Routes are tried in the order in which they were added. */
    void routes(Routes routes);

    /** @return what it is called beside the events that follow from its requests; null for one that changes nothing */
    default String name() {
        return null;
    }

    /** @return the beginning of the paths whose errors it renders; the dialect with the longest one that fits is asked */
    String prefix();

    /** Whether it renders the errors of this path, if no dialect with a longer beginning does. */
    default boolean renders(String path) {
        return path.startsWith(prefix());
    }

    /** @return the failure as this dialect tells it, where it has another status or other words for it */
    default Failure told(Failure failure) {
        return failure;
    }

    /** Writes the body of an error; by default in Kafka Connect's shape. */
    default void error(JsonGenerator json, Failure failure) throws IOException {
        json.writeStartObject();
        json.writeNumberField("error_code", failure.status());
        json.writeStringField("message", failure.message());
        json.writeEndObject();
    }
}
