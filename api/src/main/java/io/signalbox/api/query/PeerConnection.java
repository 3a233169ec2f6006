package io.signalbox.api.query;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.streams.state.HostInfo;

/**
 * One kept-alive connection to another replica for small reads. The caller's own thread writes and reads: a hop by the JDK's
 * client passes through four threads, which on a busy machine each wait for their turn. One caller at a time.
 */
final class PeerConnection implements AutoCloseable {

    private static final int CONNECT_MS = 1_000;
    private static final int LONGEST_HEAD = 16 * 1024;
    private static final int BUFFER = 16 * 1024;

    private final TimedSocket socket = new TimedSocket();
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private final String host;
    private boolean reusable = true;
    private int headLeft;

    /** What is read and not used yet, in the buffer. */
    private int next;

    private int end;

    record Answer(int status, byte[] body) {}

    /**
     * @param tls null for without
     * @param deadline as {@link System#nanoTime()}
     * @throws IOException when nobody is there, or somebody else than the replica
     */
    PeerConnection(HostInfo replica, SSLContext tls, long deadline) throws IOException {
        host = replica.host() + ":" + replica.port();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(replica.host(), replica.port()), CONNECT_MS);
            socket.until(deadline);
            var wire = tls == null ? socket : secured(replica, tls);
            in = wire.getInputStream();
            out = wire.getOutputStream();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** By its own thread, too. What is said is said to who has that name, and to nobody else. */
    private SSLSocket secured(HostInfo replica, SSLContext tls) throws IOException {
        var secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, replica.host(), replica.port(), true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /** @return whether another request may follow */
    boolean reusable() {
        return reusable;
    }

    /**
     * @param deadline as {@link System#nanoTime()}
     * @throws EOFException when the other side had closed it, so that it may be worth another connection
     * @throws IOException when there is no whole answer in time; the connection is of no use any more
     */
    Answer get(String path, String secret, long deadline) throws IOException {
        reusable = false;
        socket.until(deadline);
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + Peers.SECRET_HEADER + ": " + secret
                + "\r\n\r\n";
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        headLeft = LONGEST_HEAD;
        String[] status = line().split(" ", 3);
        if (status.length < 2 || !status[0].equals("HTTP/1.1")) {
            throw new IOException("Not an answer: " + status[0]);
        }
        int length = -1;
        boolean keep = true;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            } else if (header.startsWith("connection:")) {
                keep = !header.contains("close");
            }
        }
        if (length < 0) {
            throw new IOException("An answer without a length, status " + status[1]);
        }
        byte[] body = body(length);
        reusable = keep;
        return new Answer(Integer.parseInt(status[1]), body);
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int c = read(); c != '\n'; c = read()) {
            if (c < 0) {
                throw new EOFException("The connection was closed");
            }
            if (headLeft-- == 0) {
                throw new IOException("The head of an answer is too long");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private byte[] body(int length) throws IOException {
        byte[] body = new byte[length];
        int filled = 0;
        while (filled < length) {
            if (next == end && !fill()) {
                throw new IOException("An answer ends too early");
            }
            int some = Math.min(length - filled, end - next);
            System.arraycopy(buffer, next, body, filled, some);
            next += some;
            filled += some;
        }
        return body;
    }

    private int read() throws IOException {
        return next == end && !fill() ? -1 : buffer[next++] & 0xff;
    }

    /** To be called when everything in the buffer is used. @return false at the end */
    private boolean fill() throws IOException {
        next = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    /** Without a word: the other side needs none, and might not be there to hear it. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
