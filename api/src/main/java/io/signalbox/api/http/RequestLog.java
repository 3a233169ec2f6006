package io.signalbox.api.http;

import io.micrometer.core.instrument.MeterRegistry;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * One line for each request when it is answered, and its time for the metrics; of reads that went well for so many a second. Jetty
 * calls it for requests that reached no route, too. The query is left out: it is not needed, and nobody knows what callers put into it.
 */
final class RequestLog implements org.eclipse.jetty.server.RequestLog {

    private static final Logger LOG = LoggerFactory.getLogger("signalbox.request");

    /** Whatever came from outside is escaped in these lines: the log has nothing to look for in them (log4j2.xml). */
    private static final Marker ESCAPED = MarkerFactory.getMarker("ESCAPED");

    private final Route unmatched;
    private final ReadLines reads;

    RequestLog(MeterRegistry metrics, ReadLines reads) {
        unmatched = new Route("any", "none", metrics);
        this.reads = reads;
    }

    @Override
    public void log(Request request, Response response) {
        long nanos = System.nanoTime() - request.getBeginNanoTime();
        int status = response.getStatus();
        var exchange = (Exchange) request.getAttribute(Exchange.ATTRIBUTE);
        Route route = exchange == null || exchange.route() == null ? unmatched : exchange.route();
        route.took(nanos, status);
        // A probe says nothing that readiness does not log itself.
        if (HealthRoutes.isProbe(request) || (isInternal(request) && status < 400)) {
            LOG.debug(ESCAPED, "{}", LOG.isDebugEnabled() ? line(request, status, nanos, exchange) : "");
        } else if (LOG.isInfoEnabled()) {
            tell(request, status, nanos, exchange);
        }
    }

    private void tell(Request request, int status, long nanos, Exchange exchange) {
        long now = System.nanoTime();
        long leftOut = reads.leftOut(now);
        if (leftOut > 0) {
            LOG.info(ESCAPED, "{} reads that went well have no line (log.reads.per.second)", leftOut);
        }
        if (!isPlainRead(request, status, exchange) || reads.take(now)) {
            LOG.info(ESCAPED, line(request, status, nanos, exchange));
        }
    }

    /** Whoever was shown a secret is told of, however often. */
    private static boolean isPlainRead(Request request, int status, Exchange exchange) {
        return status < 400
                && (HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod()))
                && (exchange == null || exchange.revealed() == null);
    }

    /** What a replica asks another is part of a request that the other one tells of. */
    private static boolean isInternal(Request request) {
        var path = path(request);
        return path != null && path.startsWith("/internal/");
    }

    /** @return null when the request was none */
    static String path(Request request) {
        var uri = request.getHttpURI();
        return uri == null ? null : uri.getPath();
    }

    private static String line(Request request, int status, long nanos, Exchange exchange) {
        var line = new StringBuilder(192).append("method=");
        LogText.escape(line, request.getMethod());
        line.append(" path=");
        LogText.escape(line, path(request));
        line.append(" status=").append(status).append(" ms=");
        LogText.millis(line, nanos);
        String address = Request.getRemoteAddr(request);
        line.append(" actor=");
        LogText.escape(line, exchange == null ? Exchange.anonymous(address) : exchange.actor(address));
        if (exchange != null) {
            line.append(" request=").append(exchange.requestId());
            if (exchange.commandId() != null) {
                line.append(" command=");
                LogText.escape(line, exchange.commandId());
            }
            if (exchange.revealed() != null) {
                line.append(" revealed=");
                LogText.escape(line, exchange.revealed().toString());
            }
            if (exchange.cause() != null) {
                line.append(" cause=\"");
                LogText.escape(line, exchange.cause());
                line.append('"');
            }
        }
        return line.toString();
    }
}
