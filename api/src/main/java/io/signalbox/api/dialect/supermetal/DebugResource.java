package io.signalbox.api.dialect.supermetal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.supermetal.mapping.Mapped;
import io.signalbox.api.dialect.supermetal.mapping.Mapper;
import io.signalbox.api.dialect.supermetal.model.Gap;
import io.signalbox.api.dialect.supermetal.model.Gaps;
import io.signalbox.api.dialect.supermetal.model.Secrecy;
import io.signalbox.api.dialect.supermetal.model.Wrong;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Routes;
import io.signalbox.processor.domain.SecretRule;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A definition as it would be read, and what it would be on Kafka Connect; nothing comes of it. */
final class DebugResource {

    /** Of what has no id yet. */
    private static final String NO_ID = "id";

    private final SupermetalBase base;
    private final PipelineLookup lookup;
    private final Definitions definitions;
    private final Mapper mapper;

    DebugResource(SupermetalBase base, PipelineLookup lookup, Definitions definitions, Mapper mapper) {
        this.base = base;
        this.lookup = lookup;
        this.definitions = definitions;
        this.mapper = mapper;
    }

    void routes(Routes routes) {
        routes.post(base.template("/api/v1/debug/connector"), base.withinCluster(Role.EDITOR), this::debug);
    }

    private void debug(Context ctx) throws IOException {
        JsonNode given = Body.tree(ctx);
        lookup.cluster(ctx);
        String id = given.path("id").asText("");
        var key = base.key(ctx, id.isEmpty() ? NO_ID : id)
                .orElseThrow(() -> Wrong.form("/id", "must be 1 to 30 letters, digits, underscores or hyphens"));
        var now = id.isEmpty() ? null : lookup.lent(ctx, key, Role.EDITOR);
        ObjectNode connector = definitions.read(key, given, now);
        Mapped mapped = mapper.map(key, connector);
        List<Gap> gaps = Gaps.of(connector);
        Answer.json(ctx, 200, json -> {
            ObjectNode shown = Definitions.shown(connector).put("id", id);
            json.writeStartObject();
            for (Map.Entry<String, JsonNode> field : shown.properties()) {
                json.writeFieldName(field.getKey());
                Json.MAPPER.writeTree(json, field.getValue());
            }
            json.writeObjectFieldStart("signalbox");
            config(json, "source", mapped.source());
            config(json, "sink", mapped.sink());
            json.writeArrayFieldStart("gaps");
            for (Gap gap : gaps) {
                json.writeStartObject();
                json.writeStringField("path", gap.pointer());
                json.writeStringField("fate", gap.fate().kind().word());
                json.writeStringField("reason", gap.fate().sentence());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static void config(JsonGenerator json, String name, Map<String, String> settings) throws IOException {
        if (settings == null) {
            json.writeNullField(name);
            return;
        }
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            boolean secret = SecretRule.secret(setting.getKey(), setting.getValue());
            json.writeStringField(setting.getKey(), secret ? Secrecy.MASK : setting.getValue());
        }
        json.writeEndObject();
    }
}
