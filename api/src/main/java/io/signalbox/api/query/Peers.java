package io.signalbox.api.query;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ObservedOffsets;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.state.HostInfo;

/** One hop to another replica. It answers from its own stores or not at all, so a hop is never followed by another. */
public final class Peers {

    static final String SECRET_HEADER = "Signalbox-Internal";
    static final String FIND = "/internal/v1/connector";
    static final String LIST = "/internal/v1/connectors";
    static final String OFFSETS = "/internal/v1/offsets";
    static final String VERSION = "/internal/v1/version";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final Serde<ConnectorState> states;
    private final Serde<ObservedOffsets> offsets;
    private final String secret;

    /** @param secret what the replicas know each other by */
    public Peers(Serde<ConnectorState> states, Serde<ObservedOffsets> offsets, String secret) {
        this.states = states;
        this.offsets = offsets;
        this.secret = secret;
    }

    /** @throws StoreUnavailableException when that replica does not answer, or does not own the partition either */
    public Optional<ConnectorState> find(HostInfo owner, int partition, String key) {
        return decode(ask(owner, FIND + "?partition=" + partition + "&key=" + encode(key))).stream()
                .findFirst();
    }

    /** @throws StoreUnavailableException when that replica does not answer, or does not own the partition either */
    public List<ConnectorState> list(HostInfo owner, int partition, ClusterKey cluster, Selection selection) {
        var path = new StringBuilder(LIST + "?partition=" + partition + "&cluster=" + encode(cluster.toString()));
        path.append("&limit=").append(selection.limit());
        path.append("&text=").append(encode(selection.text()));
        selection.states().forEach(state -> path.append("&state=").append(state));
        if (selection.after() != null) {
            path.append("&after=").append(encode(selection.after()));
        }
        return decode(ask(owner, path.toString()));
    }

    /** @throws StoreUnavailableException when that replica does not answer, or does not own the partition either */
    public Optional<String> version(HostInfo owner, int partition, ClusterKey cluster) {
        var text = ask(owner, VERSION + "?partition=" + partition + "&cluster=" + encode(cluster.toString()));
        return text.length == 0 ? Optional.empty() : Optional.of(new String(text, StandardCharsets.UTF_8));
    }

    /** @throws StoreUnavailableException when that replica does not answer, or does not own the partition either */
    public Optional<ObservedOffsets> offsets(HostInfo owner, int partition, String key) {
        var found = ask(owner, OFFSETS + "?partition=" + partition + "&key=" + encode(key));
        return found.length == 0
                ? Optional.empty()
                : Optional.of(offsets.deserializer().deserialize("", found));
    }

    private byte[] ask(HostInfo owner, String path) {
        var uri = URI.create("http://" + owner.host() + ":" + owner.port() + path);
        var request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header(SECRET_HEADER, secret)
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new StoreUnavailableException(
                        "Replica " + owner + " answered " + answer.statusCode() + " to an internal read", null);
            }
            return answer.body();
        } catch (IOException e) {
            throw new StoreUnavailableException("Replica " + owner + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while asking replica " + owner, e);
        }
    }

    /** States one after another, each with its length in front. */
    private List<ConnectorState> decode(byte[] body) {
        List<ConnectorState> found = new ArrayList<>();
        try (var in = new DataInputStream(new ByteArrayInputStream(body))) {
            while (in.available() > 0) {
                found.add(states.deserializer().deserialize("", in.readNBytes(in.readInt())));
            }
        } catch (IOException e) {
            throw new StoreUnavailableException("A replica's answer ends too early", e);
        }
        return found;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
