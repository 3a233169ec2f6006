package io.signalbox.api.http;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers a request that nobody will look at, once all of it has come: Jetty closes a connection whose request still has a
 * body to come, and a client that is still sending hears the end of the connection instead of the answer. Needs no thread
 * meanwhile.
 */
final class LastWord {

    private static final long LONGEST_S = 20;

    private LastWord() {}

    static void tell(Request request, Response response, int status, String message, Callback callback) {
        if (!mayBeWaitedFor(request)) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            JettyErrors.json(response, status, message, callback);
            return;
        }
        var connection = request.getConnectionMetaData().getConnection();
        var tooSlow = request.getComponents().getScheduler().schedule(connection::close, LONGEST_S, TimeUnit.SECONDS);
        Content.Source.consumeAll(
                request,
                Callback.from(
                        () -> {
                            tooSlow.cancel();
                            JettyErrors.json(response, status, message, callback);
                        },
                        failure -> {
                            tooSlow.cancel();
                            callback.failed(failure);
                        }));
    }

    /** A body of unknown length has no end that is known, and who waits for "100 Continue" has not begun to send. */
    private static boolean mayBeWaitedFor(Request request) {
        boolean known = request.getLength() >= 0 || !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        return known
                && request.getLength() <= Body.MAX_BYTES
                && !request.getHeaders().contains(HttpHeader.EXPECT);
    }
}
