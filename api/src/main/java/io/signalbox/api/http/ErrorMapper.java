package io.signalbox.api.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.signalbox.api.access.Principal;
import io.signalbox.api.command.CommandNotSentException;
import io.signalbox.api.command.OutcomeUnknownException;
import io.signalbox.api.query.DataPlane;
import io.signalbox.api.query.StoreUnavailableException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where an exception becomes an answer. The caller is told what he can use; the log is told the rest. */
final class ErrorMapper {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorMapper.class);
    private static final Map<String, String> SOON = Map.of("Retry-After", "1");

    private final List<Dialect> dialects;
    private final Rates rates;

    ErrorMapper(List<Dialect> dialects, Rates rates) {
        this.rates = rates;
        this.dialects = dialects.stream()
                .sorted(Comparator.comparingInt((Dialect d) -> d.prefix().length())
                        .reversed())
                .toList();
    }

    void register(RoutesConfig routes) {
        routes.exception(Exception.class, this::answer);
        routes.exception(HttpResponseException.class, this::answer);
    }

    private void answer(Exception e, Context ctx) {
        // Whoever came so far without being known is counted by where he is.
        Failure tooMany = rates.count(ctx, Principal.NOBODY);
        Dialect dialect = dialectOf(ctx.req().getRequestURI());
        Failure failure = dialect.told(tooMany == null ? failure(e, ctx) : tooMany);
        if (!failure.closes()) {
            Body.discard(ctx);
        }
        ctx.res().setContentType(Answer.JSON);
        // It names what was asked for, and this is not that.
        ctx.res().setHeader("ETag", null);
        failure.headers().forEach(ctx.res()::setHeader);
        try {
            Answer.json(ctx, failure.status(), json -> dialect.error(json, failure));
        } catch (IOException gone) {
            Exchange.of(ctx).cause("the caller is gone: " + gone);
        }
    }

    private Failure failure(Exception e, Context ctx) {
        return switch (e) {
            case Refusal refusal -> refusal.failure();
            case HttpResponseException known -> standard(known.getStatus(), allow(known));
            case OutcomeUnknownException unknown -> new Failure(504, unknown.getMessage());
            case CommandNotSentException notSent ->
                broken(
                        ctx,
                        e,
                        503,
                        "The command was not sent, so nothing has changed: the log cannot be reached. Try again");
            case StoreUnavailableException away ->
                broken(ctx, e, 503, "The state cannot be read just now: it is moving or being restored. Try again");
            case DataPlane.AwayException away -> broken(ctx, e, 503, "No worker of the cluster answered in time");
            default -> unforeseen(e, ctx);
        };
    }

    private Failure unforeseen(Exception e, Context ctx) {
        HttpException jetty = jettyCause(e);
        if (jetty != null) {
            return broken(ctx, e, jetty.getCode(), "HTTP " + jetty.getCode() + " " + reason(jetty.getCode()));
        }
        if (e instanceof IOException) {
            return broken(ctx, e, 400, "The request could not be read to its end");
        }
        String id = Exchange.of(ctx).requestId();
        LOG.error("request={} ended in a bug", id, e);
        return broken(ctx, e, 500, "Internal error. The log says more about request " + id);
    }

    /** What Jetty found wrong with a body while it was read, in whatever it came wrapped. */
    private static HttpException jettyCause(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof HttpException found) {
                return found;
            }
        }
        return null;
    }

    private static Failure broken(Context ctx, Exception e, int status, String message) {
        Exchange.of(ctx).cause(e.getCause() == null ? e.toString() : e + " <- " + e.getCause());
        return new Failure(status, message, status == 503 ? SOON : Map.of());
    }

    private static Failure standard(int status, Map<String, String> headers) {
        return new Failure(status, "HTTP " + status + " " + reason(status), headers);
    }

    private static Map<String, String> allow(HttpResponseException e) {
        String methods = e.getDetails().get("availableMethods");
        return methods == null ? Map.of() : Map.of("Allow", methods);
    }

    private static String reason(int status) {
        HttpStatus.Code code = HttpStatus.getCode(status);
        return code == null ? "" : code.getMessage();
    }

    private Dialect dialectOf(String path) {
        for (Dialect dialect : dialects) {
            if (dialect.renders(path)) {
                return dialect;
            }
        }
        throw new IllegalStateException("No dialect renders the errors of " + path);
    }
}
