package io.signalbox.standalone.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One kept-alive HTTP/1.1 connection with as little between the clock and the wire as can be. One thread at a time. */
final class Connection implements AutoCloseable {

    private static final int PATIENCE_MS = 60_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String host;
    private String tag;
    private final Map<String, String> headers = new HashMap<>();

    Connection(URI base) throws IOException {
        host = base.getHost() + ":" + base.getPort();
        socket = new Socket(base.getHost(), base.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** From now on answers are wanted only if they differ from this; null: in any case. */
    void tag(String known) {
        tag = known;
    }

    /** @return of the last answer, by its name in lower case; null when it had none */
    String header(String name) {
        return headers.get(name);
    }

    /** @return the status; the body is read and dropped */
    int request(String method, String path, String json) throws IOException {
        send(method, path, json);
        int status = head();
        if (chunked()) {
            for (int size = chunk(); size > 0; size = chunk()) {
                in.skipNBytes(size + 2L);
            }
            line();
        } else {
            in.skipNBytes(length());
        }
        return status;
    }

    /** @return the body of an answer, whatever its status */
    byte[] get(String path) throws IOException {
        send("GET", path, "");
        head();
        if (!chunked()) {
            return in.readNBytes(length());
        }
        var body = new ByteArrayOutputStream();
        for (int size = chunk(); size > 0; size = chunk()) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private void send(String method, String path, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n"
                + (tag == null ? "" : "If-None-Match: " + tag + "\r\n")
                + (body.length == 0 ? "" : "Content-Type: application/json\r\n") + "Content-Length: " + body.length
                + "\r\n\r\n";
        byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = java.util.Arrays.copyOf(headBytes, headBytes.length + body.length);
        System.arraycopy(body, 0, all, headBytes.length, body.length);
        out.write(all);
        out.flush();
    }

    /** @return the status */
    private int head() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        headers.clear();
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        return status;
    }

    private boolean chunked() {
        return headers.getOrDefault("transfer-encoding", "").equals("chunked");
    }

    /** @return the length of the next one */
    private int chunk() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private int length() {
        return Integer.parseInt(headers.getOrDefault("content-length", "0"));
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The server closed the connection");
            }
            line.append((char) c);
        }
        in.read();
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
