package io.signalbox.processor.dataplane;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An answer of the data plane that is passed on as it came.
 *
 * @param status its HTTP status, 2xx or 4xx or 5xx
 * @param body never null; a missing node when there was none
 * @param worker {@code host:port} of the worker that answered
 */
public record Reply(int status, JsonNode body, String worker) {

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** The body may hold secrets. */
    @Override
    public String toString() {
        return "Reply[status=" + status + ", worker=" + worker + "]";
    }
}
