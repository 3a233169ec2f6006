package io.signalbox.processor.dataplane.connect;

import java.nio.charset.StandardCharsets;

/** Percent-encoding of one path segment (RFC 3986): only unreserved characters stay. */
final class PathSegment {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~.";

    private PathSegment() {}

    static String encode(String segment) {
        // "." and ".." would walk up the path and hit another resource.
        boolean dots = segment.equals(".") || segment.equals("..");
        var encoded = new StringBuilder();
        for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && UNRESERVED.indexOf(b) >= 0 && !dots) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append("%02X".formatted(b & 0xff));
            }
        }
        return encoded.toString();
    }
}
