package io.signalbox.api.http;

import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;

/** Lets in as many requests as can be answered, gives each its id, and lets those under way end when the server stops. */
final class FrontDoor extends GracefulHandler {

    private final String prefix;
    private final Readiness readiness;
    private final Crowd crowd;
    private final AtomicLong count = new AtomicLong();

    /** @param prefix what no other process uses */
    FrontDoor(String prefix, Readiness readiness, Crowd crowd) {
        this.prefix = prefix + "-";
        this.readiness = readiness;
        this.crowd = crowd;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String id = prefix + Long.toString(count.incrementAndGet(), Character.MAX_RADIX);
        var came = request.getConnectionMetaData();
        var entrance = Entrance.valueOf(came.getConnector().getName());
        request.setAttribute(
                Exchange.ATTRIBUTE,
                new Exchange(id, entrance, came.getConnection().getEndPoint()));
        response.getHeaders().put("X-Request-Id", id);
        if (readiness.stopping()) {
            // A connection that is kept would be used once more after the end.
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        }
        // Who is busy lives: a probe that is turned away would have it killed.
        if (HealthRoutes.isProbe(request)) {
            return super.handle(request, response, callback);
        }
        if (!crowd.enter()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
            String message = "This replica answers " + crowd.limit() + " requests already. Try again in a moment";
            LastWord.tell(request, response, 503, message, callback);
            return true;
        }
        Request.addCompletionListener(request, failure -> crowd.leave());
        return super.handle(request, response, callback);
    }
}
