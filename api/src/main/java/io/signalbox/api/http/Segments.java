package io.signalbox.api.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names as parts of a path. */
public final class Segments {

    private Segments() {}

    /** @return the name percent-encoded, so that it is one segment whatever it holds */
    public static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
