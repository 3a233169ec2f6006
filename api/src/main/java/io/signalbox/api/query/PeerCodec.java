package io.signalbox.api.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.signalbox.api.http.Json;
import io.signalbox.processor.codec.StoreSerde;
import io.signalbox.processor.dataplane.Outlook;
import io.signalbox.processor.domain.ConfigVersion;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.Places;
import io.signalbox.processor.domain.Quota;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;

/** What goes from replica to replica: values as the stores have them, one after another, each with its length in front. */
final class PeerCodec {

    private static final int ABSENT = -1;
    private static final byte[] NOTHING = {};

    /** In bytes, of either cache. */
    private static final long CACHED = 2L << 20;

    private final Serde<ConnectorState> states = StoreSerde.of(ConnectorState.class);
    private final Serde<ObservedOffsets> offsets = StoreSerde.of(ObservedOffsets.class);
    private final Serde<HistoryEntry> entries = StoreSerde.of(HistoryEntry.class);
    private final Serde<ConfigVersion> configs = StoreSerde.of(ConfigVersion.class);
    private final Serde<Quota> quotas = StoreSerde.of(Quota.class);
    private final Serde<Places> places = StoreSerde.of(Places.class);

    /** By the object itself: what has not changed is given as the same one. */
    private final Cache<ConnectorState, byte[]> encoded = Caffeine.newBuilder()
            .weakKeys()
            .maximumWeight(CACHED)
            .<ConnectorState, byte[]>weigher((state, bytes) -> bytes.length)
            .executor(Runnable::run)
            .build();

    private final Cache<ByteBuffer, ConnectorState> decoded = Caffeine.newBuilder()
            .maximumWeight(CACHED)
            .<ByteBuffer, ConnectorState>weigher((bytes, state) -> bytes.capacity())
            .executor(Runnable::run)
            .build();

    /** What one connector is, over and over again while it does not change; nothing for nothing. */
    byte[] state(Optional<ConnectorState> found) {
        return found.map(
                        state -> encoded.get(state, known -> states.serializer().serialize("", known)))
                .orElse(NOTHING);
    }

    Optional<ConnectorState> state(byte[] body) {
        return body.length == 0
                ? Optional.empty()
                : Optional.of(decoded.get(
                        ByteBuffer.wrap(body), unread -> states.deserializer().deserialize("", unread.array())));
    }

    byte[] states(List<ConnectorState> found) {
        return write(out -> {
            for (ConnectorState state : found) {
                write(out, states, state);
            }
        });
    }

    /** @throws StoreUnavailableException when something is missing at the end */
    List<ConnectorState> states(byte[] body) {
        return all(body, states);
    }

    byte[] entries(List<HistoryEntry> found) {
        return write(out -> {
            for (HistoryEntry entry : found) {
                write(out, entries, entry);
            }
        });
    }

    /** @throws StoreUnavailableException when something is missing at the end */
    List<HistoryEntry> entries(byte[] body) {
        return all(body, entries);
    }

    byte[] then(Optional<Then> found) {
        return write(out -> {
            if (found.isPresent()) {
                write(out, entries, found.get().entry());
                write(out, configs, found.get().config());
            }
        });
    }

    /** @throws StoreUnavailableException when something is missing at the end */
    Optional<Then> then(byte[] body) {
        return body.length == 0
                ? Optional.empty()
                : Optional.of(read(body, in -> new Then(read(in, entries), read(in, configs))));
    }

    byte[] quota(Optional<QuotaSeen> found) {
        return write(out -> {
            if (found.isPresent()) {
                write(out, quotas, found.get().quota());
                write(out, places, found.get().used());
            }
        });
    }

    /** @throws StoreUnavailableException when something is missing at the end */
    Optional<QuotaSeen> quota(byte[] body) {
        return body.length == 0
                ? Optional.empty()
                : Optional.of(read(body, in -> new QuotaSeen(read(in, quotas), read(in, places))));
    }

    /** Nothing for nothing. */
    byte[] outlook(Optional<Outlook> found) {
        try {
            return found.isEmpty() ? NOTHING : Json.MAPPER.writeValueAsBytes(found.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws StoreUnavailableException when it comes from a release that says it otherwise */
    Optional<Outlook> outlook(byte[] body) {
        try {
            return body.length == 0 ? Optional.empty() : Optional.of(Json.MAPPER.readValue(body, Outlook.class));
        } catch (IOException e) {
            throw new StoreUnavailableException("A replica's answer cannot be understood", e);
        }
    }

    byte[] offsets(Optional<ObservedOffsets> found) {
        return found.map(value -> offsets.serializer().serialize("", value)).orElse(NOTHING);
    }

    Optional<ObservedOffsets> offsets(byte[] body) {
        return body.length == 0
                ? Optional.empty()
                : Optional.of(offsets.deserializer().deserialize("", body));
    }

    @FunctionalInterface
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    @FunctionalInterface
    private interface Parsing<T> {
        T from(DataInputStream in) throws IOException;
    }

    private static byte[] write(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> T read(byte[] body, Parsing<T> parsing) {
        try (var in = new DataInputStream(new ByteArrayInputStream(body))) {
            return parsing.from(in);
        } catch (IOException e) {
            throw new StoreUnavailableException("A replica's answer ends too early", e);
        }
    }

    private static <T> List<T> all(byte[] body, Serde<T> serde) {
        return read(body, in -> {
            List<T> found = new ArrayList<>();
            while (in.available() > 0) {
                found.add(read(in, serde));
            }
            return found;
        });
    }

    /** @param value null for none */
    private static <T> void write(DataOutputStream out, Serde<T> serde, T value) throws IOException {
        if (value == null) {
            out.writeInt(ABSENT);
            return;
        }
        byte[] one = serde.serializer().serialize("", value);
        out.writeInt(one.length);
        out.write(one);
    }

    private static <T> T read(DataInputStream in, Serde<T> serde) throws IOException {
        int length = in.readInt();
        return length == ABSENT ? null : serde.deserializer().deserialize("", in.readNBytes(length));
    }
}
