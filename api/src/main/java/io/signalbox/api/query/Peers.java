package io.signalbox.api.query;

import io.signalbox.processor.domain.ConnectorKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.apache.kafka.streams.state.HostInfo;

/** One hop to another replica. It answers from its own stores or not at all, so a hop is never followed by another. */
public final class Peers {

    static final String SECRET_HEADER = "Signalbox-Internal";
    static final String AGE_HEADER = "Signalbox-Age-Ms";
    static final String OUTLOOK = "/internal/v1/outlook";
    static final String VERSION = "/internal/v1/version";

    /** How long a batch may take: whoever waits in it may be given a copy instead, and does not wait long. */
    private static final Duration BATCH = Duration.ofMillis(800);

    /** For what may take its time, or is long. */
    private final HttpClient http;

    /** For what is answered at once. */
    private final Map<HostInfo, PeerLine> lines = new ConcurrentHashMap<>();

    private final String secret;
    private final SSLContext tls;

    /**
     * @param secret what the replicas know each other by
     * @param tls shows who this one is, and knows the others; null for without
     */
    public Peers(String secret, SSLContext tls) {
        this.secret = secret;
        this.tls = tls;
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .connectTimeout(Duration.ofSeconds(1));
        http = tls == null ? client.build() : client.sslContext(tls).build();
    }

    /** @param age null when it comes from an owner */
    record Reply<T>(T value, Duration age) {}

    /**
     * @param position the offset of the command topic before which everything must have been processed
     * @throws StoreUnavailableException when that replica does not answer in time, or does not own the partition
     */
    <T> T ofOwner(HostInfo owner, Question<T> question, long position, Duration patience) {
        if (position <= 0 && question.small()) {
            var path = question.path().get() + "&position=0&patience=0";
            return question.decode().apply(line(owner).ask(path, patience));
        }
        var path = question.path().get() + "&position=" + position + "&patience=" + patience.toMillis();
        return question.decode().apply(ask(owner, path, patience).body());
    }

    /** @throws StoreUnavailableException when that replica does not answer in time, or has no copy of the partition */
    <T> Reply<T> ofStandby(HostInfo replica, Question<T> question, Duration patience) {
        var answer = ask(replica, question.path().get() + "&standby=true", patience);
        long age = answer.headers().firstValueAsLong(AGE_HEADER).orElse(0);
        return new Reply<>(question.decode().apply(answer.body()), Duration.ofMillis(age));
    }

    /**
     * @param positions by partition, the offset of the command topic before which everything must have been processed
     * @return by partition, a name for what the connectors of the cluster are; empty when one of them just changes
     * @throws StoreUnavailableException when that replica does not answer in time, or does not own one of them
     */
    Optional<Map<Integer, String>> versions(
            HostInfo owner, Map<Integer, Long> positions, String cluster, Duration patience) {
        var path = new StringBuilder(VERSION + "?cluster=" + Question.encode(cluster));
        positions.forEach((partition, position) -> path.append("&partition=")
                .append(partition)
                .append("&position=")
                .append(position));
        boolean atOnce = positions.values().stream().allMatch(position -> position <= 0);
        var body = atOnce
                ? line(owner).ask(path + "&patience=0", patience)
                : ask(owner, path + "&patience=" + patience.toMillis(), patience)
                        .body();
        if (body.length == 0) {
            return Optional.empty();
        }
        Map<Integer, String> versions = new TreeMap<>();
        new String(body, StandardCharsets.UTF_8).lines().forEach(line -> {
            String[] parts = line.split(" ", 2);
            versions.put(Integer.valueOf(parts[0]), parts[1]);
        });
        return Optional.of(versions);
    }

    private PeerLine line(HostInfo replica) {
        return lines.computeIfAbsent(replica, other -> new PeerLine(other, secret, tls, BATCH));
    }

    /**
     * @return what that replica's reconciler is about with it; empty when it does not look after it
     * @throws StoreUnavailableException when that replica does not answer in time
     */
    byte[] outlook(HostInfo replica, ConnectorKey connector, Duration patience) {
        return ask(replica, OUTLOOK + "?key=" + Question.encode(connector.toString()), patience)
                .body();
    }

    private HttpResponse<byte[]> ask(HostInfo replica, String path, Duration patience) {
        var uri = URI.create((tls == null ? "http://" : "https://") + replica.host() + ":" + replica.port() + path);
        var request = HttpRequest.newBuilder(uri)
                .timeout(patience)
                .header(SECRET_HEADER, secret)
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() == OwedException.STATUS) {
                throw new OwedException("Replica " + replica + " does not have all that it answered yet");
            }
            if (answer.statusCode() != 200) {
                throw new StoreUnavailableException(
                        "Replica " + replica + " answered " + answer.statusCode() + " to an internal read", null);
            }
            return answer;
        } catch (IOException e) {
            throw new ReplicaSilentException("Replica " + replica + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while asking replica " + replica, e);
        }
    }
}
