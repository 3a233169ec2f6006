package io.signalbox.api.query;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A socket whose reads are over by one moment, however many they are: a socket's own timeout begins again with each, and TLS
 * reads in pieces that nobody above it counts.
 */
final class TimedSocket extends Socket {

    private long deadline;

    /** @param moment as {@link System#nanoTime()}; to be told before the first read */
    void until(long moment) {
        deadline = moment;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                limit();
                return super.read();
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                limit();
                return super.read(into, from, length);
            }
        };
    }

    private void limit() throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException("No answer in time");
        }
        setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
    }
}
