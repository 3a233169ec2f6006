package io.signalbox.api.http;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where the server listens, and to how many.
 *
 * @param plain for everybody, without TLS
 * @param secure for everybody, with TLS; null for nowhere
 * @param replicas for other replicas, and nobody else; null where they come in like everybody
 * @param requests how many are answered at once; who comes then is told to come again
 * @param rate how many each caller may make a second; 0 for as many as he likes
 * @param readLines how many lines of the log a second reads that went well may have
 */
public record HttpSettings(Listener plain, Listener secure, Listener replicas, int requests, int rate, int readLines) {

    /** As long as nobody says otherwise. */
    public static final int READ_LINES = 1_000;

    /** One for all, without TLS. */
    public HttpSettings(String host, int port, int requests, int rate) {
        this(new Listener("http.port", host, port, null), null, null, requests, rate, READ_LINES);
    }

    /** Those that there are. */
    List<Listener> listeners() {
        return Stream.of(plain, secure, replicas).filter(Objects::nonNull).toList();
    }
}
