package io.signalbox.api.hostile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Sends bytes to a server and reads its answers, on one connection for as long as it stays open. For tests. */
final class Wire implements AutoCloseable {

    private static final int PATIENCE_MS = 30_000;

    private final int port;
    private Socket socket;
    private InputStream in;

    Wire(int port) {
        this.port = port;
    }

    /** @return {@link Heard#NOTHING} when the server ended the connection instead */
    Heard send(Raw raw) throws IOException {
        boolean used = socket != null;
        Heard heard = exchange(raw);
        // A connection that was kept may end just when it is used again.
        return heard == Heard.NOTHING && used ? exchange(raw) : heard;
    }

    private Heard exchange(Raw raw) throws IOException {
        open();
        write(raw.bytes());
        try {
            Heard heard = read(raw.head());
            if (heard.header("connection").equalsIgnoreCase("close") || heard.endless()) {
                close();
            }
            return heard;
        } catch (EOFException | SocketException | SocketTimeoutException ended) {
            close();
            return Heard.NOTHING;
        }
    }

    private void open() throws IOException {
        if (socket == null) {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(PATIENCE_MS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        }
    }

    /** Who is refused may be so before all of it is sent: the answer is there nevertheless. */
    private void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException refusedMeanwhile) {
            // What can be read tells.
            assert refusedMeanwhile.getMessage() != null;
        }
    }

    private Heard read(boolean head) throws IOException {
        String line = line();
        while (line.matches("HTTP/1.1 1\\d\\d.*")) {
            headers();
            line = line();
        }
        int status = Integer.parseInt(line.split(" ")[1]);
        Map<String, String> headers = headers();
        var heard = new Heard(status, headers, new byte[0]);
        boolean none = head || status == 204 || status == 304 || heard.endless();
        return none ? heard : new Heard(status, headers, body(headers));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.containsKey("content-length")) {
            int length = Integer.parseInt(headers.get("content-length"));
            byte[] body = in.readNBytes(length);
            if (body.length < length) {
                throw new EOFException();
            }
            return body;
        }
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            return chunks();
        }
        byte[] rest = in.readAllBytes();
        close();
        return rest;
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.writeBytes(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
