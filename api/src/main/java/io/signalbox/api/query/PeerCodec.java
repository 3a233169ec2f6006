package io.signalbox.api.query;

import io.signalbox.api.http.Json;
import io.signalbox.processor.codec.StoreSerde;
import io.signalbox.processor.dataplane.Outlook;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ObservedOffsets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;

/** What goes from replica to replica: values as the stores have them. */
final class PeerCodec {

    private final Serde<ConnectorState> states = StoreSerde.of(ConnectorState.class);
    private final Serde<ObservedOffsets> offsets = StoreSerde.of(ObservedOffsets.class);

    /** One after another, each with its length in front. */
    byte[] states(List<ConnectorState> found) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (ConnectorState state : found) {
                byte[] one = states.serializer().serialize("", state);
                out.writeInt(one.length);
                out.write(one);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws StoreUnavailableException when something is missing at the end */
    List<ConnectorState> states(byte[] body) {
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

    /** Nothing for nothing. */
    byte[] outlook(Optional<Outlook> found) {
        try {
            return found.isEmpty() ? new byte[0] : Json.MAPPER.writeValueAsBytes(found.get());
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
        return found.map(value -> offsets.serializer().serialize("", value)).orElse(new byte[0]);
    }

    Optional<ObservedOffsets> offsets(byte[] body) {
        return body.length == 0
                ? Optional.empty()
                : Optional.of(offsets.deserializer().deserialize("", body));
    }
}
