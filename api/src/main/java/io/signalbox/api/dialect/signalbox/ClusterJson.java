package io.signalbox.api.dialect.signalbox;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.processor.domain.ClusterState;
import java.io.IOException;
import java.util.Locale;

/** A registered cluster as JSON. The password is the reference that was given. */
final class ClusterJson {

    private ClusterJson() {}

    static void write(JsonGenerator json, ClusterState state) throws IOException {
        var spec = state.spec();
        json.writeStartObject();
        json.writeStringField("environment", state.key().environment());
        json.writeStringField("cluster", state.key().cluster());
        json.writeArrayFieldStart("workers");
        for (String worker : spec.workers()) {
            json.writeString(worker);
        }
        json.writeEndArray();
        json.writeStringField("username", spec.username());
        json.writeStringField("password", spec.password());
        json.writeObjectFieldStart("policies");
        json.writeNumberField("poll_interval_ms", spec.policies().pollIntervalMs());
        json.writeNumberField("max_concurrency", spec.policies().maxConcurrency());
        json.writeBooleanField("validate", spec.policies().validate());
        json.writeStringField("unmanaged", word(spec.policies().unmanaged()));
        json.writeStringField("drift", word(spec.policies().drift()));
        json.writeStringField("secrets", word(spec.policies().secrets()));
        json.writeEndObject();
        json.writeNumberField("revision", state.revision());
        json.writeStringField("registered_at", state.registeredAt().toString());
        json.writeStringField("updated_at", state.updatedAt().toString());
        json.writeEndObject();
    }

    /** As {@link PoliciesReader} reads it. */
    static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
