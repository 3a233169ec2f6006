package io.signalbox.api.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Errors that are found before any route is, such as a malformed URI, in the same shape as all others. */
final class JettyErrors extends ErrorHandler {

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        // What Jetty says of a client's mistake is meant for the client; what it says of a fault of ours is not.
        String told = code < 500 && message != null ? message : "HTTP " + code + " " + HttpStatus.getMessage(code);
        write(response, code, told, callback);
    }

    private static void write(Response response, int code, String message, Callback callback) {
        // What it cannot parse, or nobody reads, Jetty takes for the end of the connection, without saying so: the next
        // request would be lost.
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        json(response, code, message, callback);
    }

    /** @param message for the client */
    static void json(Response response, int code, String message, Callback callback) {
        var body = Json.write(json -> {
            json.writeStartObject();
            json.writeNumberField("error_code", code);
            json.writeStringField("message", message);
            json.writeEndObject();
        });
        response.setStatus(code);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Answer.JSON);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.size());
        response.write(true, ByteBuffer.wrap(body.toByteArray()), callback);
    }
}
