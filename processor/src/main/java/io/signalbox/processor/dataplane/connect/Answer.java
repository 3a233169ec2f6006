package io.signalbox.processor.dataplane.connect;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.processor.dataplane.DriverException;
import io.signalbox.processor.dataplane.DriverException.Kind;
import java.util.regex.Pattern;

/**
 * One HTTP answer.
 *
 * @param body as it came
 * @param worker {@code host:port}
 */
record Answer(int status, byte[] body, String worker) {

    /** Kafka Connect echoes the whole config here, secrets included. */
    private static final Pattern ECHO =
            Pattern.compile("Connector config \\{.*} contains no connector type", Pattern.DOTALL);

    /** Connect's own words under a 500 for what it certainly did not do. */
    private static final Pattern NOT_DONE =
            Pattern.compile("^(Worker is shutting down|Request cannot be completed because a rebalance is expected)");

    private static final String NEGATIVE_CACHE = "org.apache.kafka.connect.errors.ConnectException: ";

    /** More than is told, so that a secret is not cut in two before it is taken out. */
    private static final int LONGEST = 8 * DriverException.LONGEST;

    boolean ok() {
        return status >= 200 && status < 300;
    }

    /**
     * Only Kafka Connect's own words for an absent connector: a worker that starts answers 404 in HTML to everything,
     * and a wrong base path answers {@code HTTP 404 Not Found}. Neither says anything about a connector.
     */
    boolean absent() {
        if (status == 204) {
            return true; // a GET that raced with a delete
        }
        var error = status == 404 ? error() : null;
        return error != null && !error.path("message").asText().startsWith("HTTP 404");
    }

    DriverException failure() {
        boolean stranger = status < 400 || (status == 404 && !absent());
        if (status == 500 && NOT_DONE.matcher(message()).find()) {
            return new DriverException(Kind.BUSY, status, worker, message());
        }
        var kind = stranger || status >= 500
                ? Kind.BROKEN
                : switch (status) {
                    case 408, 409, 425, 429 -> Kind.BUSY;
                    default -> Kind.REFUSED;
                };
        return new DriverException(kind, status, worker, message());
    }

    /** The worker's words without its echo of configs, at most {@value #LONGEST} characters. */
    private String message() {
        var error = error();
        String text = error == null ? "" : error.path("message").asText("");
        if (status >= 300 && status < 400) {
            return "HTTP " + status + ": redirects are not followed; register the URL of the workers themselves";
        }
        if (text.isEmpty()) {
            return status == 400 ? "HTTP 400 without a word: a worker cannot address every name" : "HTTP " + status;
        }
        String said = ECHO.matcher(text).replaceAll("Connector config contains no connector type");
        // The same refusal, asked for again, comes with this in front; it is no news.
        String plain = said.startsWith(NEGATIVE_CACHE) ? said.substring(NEGATIVE_CACHE.length()) : said;
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    }

    private JsonNode error() {
        var node = ConnectJson.readOrNull(body);
        return node != null && node.has("error_code") ? node : null;
    }
}
