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
import org.apache.kafka.streams.state.HostInfo;

/** One hop to another replica. It answers from its own stores or not at all, so a hop is never followed by another. */
public final class Peers {

    static final String SECRET_HEADER = "Signalbox-Internal";
    static final String AGE_HEADER = "Signalbox-Age-Ms";
    static final String OUTLOOK = "/internal/v1/outlook";
    static final String VERSION = "/internal/v1/version";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final String secret;

    /** @param secret what the replicas know each other by */
    public Peers(String secret) {
        this.secret = secret;
    }

    /** @param age null when it comes from an owner */
    record Reply<T>(T value, Duration age) {}

    /**
     * @param position the offset of the command topic before which everything must have been processed
     * @throws StoreUnavailableException when that replica does not answer in time, or does not own the partition
     */
    <T> T ofOwner(HostInfo owner, Question<T> question, long position, Duration patience) {
        var path = question.path() + "&position=" + position + "&patience=" + patience.toMillis();
        return question.decode().apply(ask(owner, path, patience).body());
    }

    /** @throws StoreUnavailableException when that replica does not answer in time, or has no copy of the partition */
    <T> Reply<T> ofStandby(HostInfo replica, Question<T> question, Duration patience) {
        var answer = ask(replica, question.path() + "&standby=true", patience);
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
        var body =
                ask(owner, path + "&patience=" + patience.toMillis(), patience).body();
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

    /**
     * @return what that replica's reconciler is about with it; empty when it does not look after it
     * @throws StoreUnavailableException when that replica does not answer in time
     */
    byte[] outlook(HostInfo replica, ConnectorKey connector, Duration patience) {
        return ask(replica, OUTLOOK + "?key=" + Question.encode(connector.toString()), patience)
                .body();
    }

    private HttpResponse<byte[]> ask(HostInfo replica, String path, Duration patience) {
        var uri = URI.create("http://" + replica.host() + ":" + replica.port() + path);
        var request = HttpRequest.newBuilder(uri)
                .timeout(patience)
                .header(SECRET_HEADER, secret)
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new StoreUnavailableException(
                        "Replica " + replica + " answered " + answer.statusCode() + " to an internal read", null);
            }
            return answer;
        } catch (IOException e) {
            throw new StoreUnavailableException("Replica " + replica + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while asking replica " + replica, e);
        }
    }
}
