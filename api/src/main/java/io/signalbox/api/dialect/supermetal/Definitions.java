package io.signalbox.api.dialect.supermetal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.api.dialect.supermetal.mapping.Mapped;
import io.signalbox.api.dialect.supermetal.mapping.Mapper;
import io.signalbox.api.dialect.supermetal.model.ConnectorShape;
import io.signalbox.api.dialect.supermetal.model.Field;
import io.signalbox.api.dialect.supermetal.model.FixedFields;
import io.signalbox.api.dialect.supermetal.model.Keeping;
import io.signalbox.api.dialect.supermetal.model.MergePatch;
import io.signalbox.api.dialect.supermetal.model.Reading;
import io.signalbox.api.dialect.supermetal.model.Secrecy;
import io.signalbox.api.dialect.supermetal.model.Shape;
import io.signalbox.api.http.Json;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.PipelinePlan;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.SecretRule;
import java.util.Map;
import java.util.TreeMap;

/** Definitions on their way: in from callers, kept with their secrets sealed, out to whoever reads without any. */
final class Definitions {

    private final Secrets secrets;
    private final Mapper mapper;

    Definitions(Secrets secrets, Mapper mapper) {
        this.secrets = secrets;
        this.mapper = mapper;
    }

    /**
     * What is asked for, fit for the log.
     *
     * @param definition with sealed secrets
     */
    record Asked(String definition, PipelinePlan plan) {}

    /**
     * A whole definition.
     *
     * @param now what is there, whose secrets are kept where they are left out; null for nothing
     * @param other whose secrets are taken instead; null for none
     * @throws io.signalbox.api.http.Refusal 400 when it is none, 409 when it would change what cannot change, 422 when it cannot
     *     be run; 503 when a secret that is kept does not open
     */
    Asked whole(PipelineKey key, JsonNode given, PipelineState now, PipelineState other) {
        return asked(key, read(key, given, other == null ? now : other), now);
    }

    /**
     * A change of what is there (RFC 7396).
     *
     * @throws io.signalbox.api.http.Refusal as {@link #whole}
     */
    Asked patched(PipelineState now, JsonNode patch) {
        SealedTexts.refuse(patch, "");
        ObjectNode stored = stored(now);
        JsonNode merged = SealedTexts.opened(MergePatch.apply(stored, patch), opener(now.key()));
        var keeping = new Keeping(false, opener(now.key()));
        ObjectNode connector = Reading.connector(keeping.into(ConnectorShape.CONNECTOR, merged, stored, ""));
        return asked(now.key(), named(now.key(), connector), now);
    }

    /**
     * A definition that nothing is to come of.
     *
     * @param now as for {@link #whole}
     * @return normalised, with its secrets in clear
     */
    ObjectNode read(PipelineKey key, JsonNode given, PipelineState now) {
        JsonNode kept = now == null ? MissingNode.getInstance() : stored(now);
        return named(key, Reading.connector(filled(ConnectorShape.CONNECTOR, given, kept, now, "")));
    }

    /**
     * One part of a definition.
     *
     * @param given the whole of which it is a member
     * @param now as for {@link #whole}
     * @return normalised, with its secrets in clear
     */
    JsonNode part(Field field, JsonNode given, PipelineState now) {
        String pointer = "/" + field.name();
        JsonNode kept = now == null ? MissingNode.getInstance() : stored(now).path(field.name());
        return Reading.read(field, filled(field.shape(), given.path(field.name()), kept, now, pointer), pointer);
    }

    private JsonNode filled(Shape shape, JsonNode given, JsonNode kept, PipelineState now, String pointer) {
        SealedTexts.refuse(given, pointer);
        return new Keeping(true, now == null ? opener(null) : opener(now.key())).into(shape, given, kept, pointer);
    }

    /** The id of a path is that of the connector, whatever its body says. */
    private static ObjectNode named(PipelineKey key, ObjectNode connector) {
        return connector.put("id", key.id());
    }

    private Asked asked(PipelineKey key, ObjectNode connector, PipelineState now) {
        if (now != null) {
            FixedFields.require(stored(now), connector);
        }
        Mapped mapped = mapper.map(key, connector);
        var plan = new PipelinePlan(
                fit(key.source(), mapped.source()),
                mapped.sink() == null ? null : fit(key.sink(), mapped.sink()),
                mapped.ends(),
                mapped.schedule(),
                mapped.disabled(),
                mapped.ownsPublication());
        ObjectNode kept = Secrecy.changed(
                ConnectorShape.CONNECTOR,
                connector,
                (pointer, text, dropped) -> secrets.sealed(key.source(), pointer, text));
        return new Asked(kept.toString(), plan);
    }

    /** Its secrets sealed. */
    private Config fit(ConnectorKey connector, Map<String, String> inClear) {
        Map<String, String> fit = new TreeMap<>(inClear);
        fit.replaceAll(
                (name, value) -> SecretRule.secret(name, value) ? secrets.sealed(connector, name, value) : value);
        return Config.of(fit);
    }

    /** As the log has it. */
    static ObjectNode stored(PipelineState state) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(state.definition());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The definition of " + state.key() + " in the log is no JSON", e);
        }
    }

    /** For who reads. */
    static ObjectNode shown(PipelineState state) {
        return shown(stored(state));
    }

    static ObjectNode shown(ObjectNode connector) {
        return Secrecy.scrubbed(ConnectorShape.CONNECTOR, connector);
    }

    /** @param key of the pipeline whose secrets they are; null when nothing is kept, so that nothing is opened */
    private Keeping.Opener opener(PipelineKey key) {
        return (pointer, text) ->
                secrets.opened(key.source(), Map.of(pointer, text)).get(pointer);
    }
}
