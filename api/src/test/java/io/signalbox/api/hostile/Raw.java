package io.signalbox.api.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request as bytes, so that it can be what no client would send. Changed step by step. For tests. */
final class Raw {

    private final String method;
    private final String path;
    private final List<String> headers = new ArrayList<>(List.of("Host: localhost"));
    private byte[] body;
    private boolean framed;
    private boolean mayBeCutOff;
    private boolean mustBeRefused;

    Raw(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** @param line each character is a byte */
    Raw header(String line) {
        headers.add(line);
        return this;
    }

    Raw withoutHost() {
        headers.removeFirst();
        return this;
    }

    Raw json(byte[] content) {
        return body("application/json", content);
    }

    Raw json(String content) {
        return json(content.getBytes(StandardCharsets.UTF_8));
    }

    /** @param type null for none */
    Raw body(String type, byte[] content) {
        if (type != null) {
            header("Content-Type: " + type);
        }
        body = content;
        return this;
    }

    /** Bytes behind the head, as they are: the headers say how long they are, or something else. */
    Raw framed(byte[] content) {
        body = content;
        framed = true;
        return this;
    }

    /** It is so long that the answer may be lost when the server ends the connection. */
    Raw mayBeCutOff() {
        mayBeCutOff = true;
        return this;
    }

    /** It is wrong by the contract: a success would be a fault. */
    Raw mustBeRefused() {
        mustBeRefused = true;
        return this;
    }

    boolean cutOffAllowed() {
        return mayBeCutOff;
    }

    boolean refusalDemanded() {
        return mustBeRefused;
    }

    boolean head() {
        return method.equals("HEAD");
    }

    byte[] bytes() {
        var out = new ByteArrayOutputStream();
        var head = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\n");
        headers.forEach(line -> head.append(line).append("\r\n"));
        if (body != null && !framed) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (body != null) {
            out.writeBytes(body);
        }
        return out.toByteArray();
    }

    @Override
    public String toString() {
        var text = new String(bytes(), StandardCharsets.ISO_8859_1).replace("\r\n", " | ");
        return text.length() > 300 ? text.substring(0, 300) + "… (" + text.length() + " bytes)" : text;
    }
}
