package io.signalbox.processor.dataplane.connect;

import io.signalbox.processor.dataplane.DriverException;
import io.signalbox.processor.dataplane.DriverException.Kind;
import io.signalbox.processor.domain.ClusterSpec;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * HTTP to the workers of one cluster: the one that answered last is asked first, and the next one when it cannot be
 * reached. A request that may have arrived is never sent to another worker: the caller reads back instead.
 */
final class WorkerClient {

    private final HttpClient http;
    private final Executor threads;
    private final long bodyLimit;
    private final AllowedWorkers allowed;
    private final List<URI> workers;
    private final Credentials credentials;
    private volatile int preferred;

    WorkerClient(HttpClient http, Executor threads, long bodyLimit, AllowedWorkers allowed, ClusterSpec spec) {
        this.http = http;
        this.threads = threads;
        this.bodyLimit = bodyLimit;
        this.allowed = allowed;
        workers = spec.workers().stream()
                .map(WorkerClient::base)
                .filter(Objects::nonNull)
                .toList();
        credentials = new Credentials(spec);
    }

    /**
     * @param path begins with a slash, is encoded, and may carry a query
     * @param body null for none
     * @param timeout for the whole exchange, over all workers that are tried
     * @throws DriverException UNREACHABLE or BROKEN, when there is no answer
     */
    Answer send(String method, String path, byte[] body, Duration timeout) {
        return send(preferred, method, path, body, timeout);
    }

    /** The same, but it begins with the worker that was registered first: for what differs from worker to worker. */
    Answer sendInOrder(String method, String path, byte[] body, Duration timeout) {
        return send(0, method, path, body, timeout);
    }

    private Answer send(int first, String method, String path, byte[] body, Duration timeout) {
        Answer answer = exchange(first, method, path, body, timeout);
        if (answer.status() == 401 && credentials.header() != null) {
            credentials.forget();
            return exchange(first, method, path, body, timeout);
        }
        return answer;
    }

    private Answer exchange(int first, String method, String path, byte[] body, Duration timeout) {
        DriverException last = new DriverException(Kind.UNREACHABLE, 0, null, "The cluster has no legal worker URL");
        for (int i = 0; i < workers.size(); i++) {
            int at = (first + i) % workers.size();
            try {
                Answer answer = attempt(workers.get(at), method, path, body, timeout);
                preferred = at;
                return answer;
            } catch (DriverException e) {
                preferred = (at + 1) % workers.size();
                if (e.kind() != Kind.UNREACHABLE) {
                    throw e;
                }
                last = e;
            }
        }
        throw last;
    }

    private Answer attempt(URI base, String method, String path, byte[] body, Duration timeout) {
        String worker = AllowedWorkers.hostAndPort(base);
        requireAllowed(base, worker, timeout);
        // The client's own timeout ends with the head of the answer; this one includes a body that stops half-way.
        var response = await(
                http.sendAsync(request(base, method, path, body), BoundedBody.handler(bodyLimit)), worker, timeout);
        return new Answer(response.statusCode(), response.body(), worker);
    }

    /** Each time: a name may have got another address, and a setting be another one than when the cluster was registered. */
    private void requireAllowed(URI base, String worker, Duration timeout) {
        String refusal = allowed.refusal(base);
        if (refusal == null && !AllowedWorkers.isLiteral(base)) {
            // The JVM remembers what it was told for some seconds, so that the client connects to what was looked at.
            refusal = await(
                    CompletableFuture.supplyAsync(() -> allowed.refusalOfAddress(base), threads), worker, timeout);
        }
        if (refusal != null) {
            throw new DriverException(Kind.UNREACHABLE, 0, worker, refusal);
        }
    }

    private static <T> T await(CompletableFuture<T> answer, String worker, Duration timeout) {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new DriverException(Kind.BROKEN, 0, worker, "No answer within " + timeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new DriverException(Kind.BROKEN, 0, worker, "Interrupted while waiting for an answer", e);
        } catch (ExecutionException e) {
            throw failed(worker, e.getCause());
        }
    }

    private HttpRequest request(URI base, String method, String path, byte[] body) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        String authorization = credentials.header();
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return request.build();
    }

    private static DriverException failed(String worker, Throwable cause) {
        // TLS that breaks after its handshake is no proof: the worker may have the request.
        boolean neverSent = cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof SSLHandshakeException
                || cause instanceof SSLPeerUnverifiedException;
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new DriverException(neverSent ? Kind.UNREACHABLE : Kind.BROKEN, 0, worker, message, cause);
    }

    private static URI base(String url) {
        try {
            var uri = URI.create(url.strip().replaceFirst("/+$", ""));
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            return http && plain && uri.getHost() != null ? uri : null;
        } catch (IllegalArgumentException e) {
            return null; // said by every call, if no other worker is left
        }
    }
}
