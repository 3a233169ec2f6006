package io.signalbox.api.http;

import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;

/** Gives every request its id, and lets those under way end when the server stops. */
final class FrontDoor extends GracefulHandler {

    private final String prefix;
    private final AtomicLong count = new AtomicLong();

    /** @param prefix what no other process uses */
    FrontDoor(String prefix) {
        this.prefix = prefix + "-";
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String id = prefix + Long.toString(count.incrementAndGet(), Character.MAX_RADIX);
        request.setAttribute(Exchange.ATTRIBUTE, new Exchange(id));
        response.getHeaders().put("X-Request-Id", id);
        return super.handle(request, response, callback);
    }
}
