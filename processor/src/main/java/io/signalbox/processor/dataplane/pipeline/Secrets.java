package io.signalbox.processor.dataplane.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.processor.domain.Command.ReportPipelineResealed;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.PipelinePlan;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineStatus.Component;
import io.signalbox.processor.domain.Sealed;
import io.signalbox.processor.secrets.Redactor;
import io.signalbox.processor.secrets.References;
import io.signalbox.processor.secrets.Sealer;
import io.signalbox.processor.secrets.UnopenableException;
import io.signalbox.processor.secrets.UnresolvedException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The secrets of a pipeline, which are sealed for its connectors: those of its definition for the source, by JSON pointers; and what its
 * configs refer to.
 */
final class Secrets {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sealer sealer;
    private final References references;

    Secrets(Sealer sealer, References references) {
        this.sealer = sealer;
        this.references = references;
    }

    /**
     * With what its references stand for.
     *
     * @throws StepFailedException when a secret does not open, or is not there
     */
    Config source(PipelineState now) {
        return opened(now.key().source(), now.source(), Component.SOURCE);
    }

    /** As {@link #source}. */
    Config sink(PipelineState now) {
        return opened(now.key().sink(), now.plan().sink(), Component.TARGET);
    }

    private Config opened(ConnectorKey key, Config config, Component component) {
        try {
            var opened = sealer.open(key, config).values();
            return Config.of(references.resolve(key.clusterKey(), opened).config());
        } catch (UnopenableException e) {
            throw new StepFailedException(component, e.getMessage(), true);
        } catch (UnresolvedException e) {
            throw new StepFailedException(component, e.getMessage(), !e.later());
        }
    }

    /** Whether two configs of a connector say the same, with whichever keys their secrets are sealed. */
    boolean same(ConnectorKey key, Config one, Config other) {
        if (one.equals(other)) {
            return true;
        }
        return one.values().keySet().equals(other.values().keySet())
                && one.values().entrySet().stream()
                        .allMatch(entry -> same(key, entry.getKey(), entry.getValue(), other.get(entry.getKey())));
    }

    private boolean same(ConnectorKey key, String name, String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        // What does not open is not the same: it is then replaced by what is wanted.
        return Sealed.is(one)
                && Sealed.is(other)
                && sealer.openable(key, name, one)
                        .flatMap(secret -> sealer.openable(key, name, other).map(secret::equals))
                        .orElse(false);
    }

    /** Words of others, without the secrets of the pipeline. */
    String redacted(PipelineState now, String words) {
        String without = redactor(now.key().source(), now.source()).redact(words);
        return now.plan().sink() == null
                ? without
                : redactor(now.key().sink(), now.plan().sink()).redact(without);
    }

    private Redactor redactor(ConnectorKey key, Config config) {
        var opened = sealer.openable(key, config).values();
        return sealer.redactor(key, config).with(references.values(key.clusterKey(), opened));
    }

    /** @return what is to take the place of texts that were sealed with a key from before the present one; empty for none */
    Optional<ReportPipelineResealed> resealed(PipelineState now) {
        PipelineKey key = now.key();
        PipelinePlan plan = now.plan();
        Config texts = sealedTexts(now.definition());
        boolean outdated = sealer.outdated(plan.source())
                || plan.sink() != null && sealer.outdated(plan.sink())
                || sealer.outdated(texts);
        if (!outdated) {
            return Optional.empty();
        }
        String definition = now.definition();
        for (var renewed : sealer.resealed(key.source(), texts).values().entrySet()) {
            // Each stands in it once: it is bound to its place.
            definition = definition.replace(texts.get(renewed.getKey()), renewed.getValue());
        }
        var renewed = new PipelinePlan(
                renewed(key.source(), plan.source()),
                plan.sink() == null ? null : renewed(key.sink(), plan.sink()),
                plan.ends(),
                plan.schedule(),
                plan.disabled(),
                plan.ownsPublication());
        return definition.equals(now.definition()) && renewed.equals(plan)
                ? Optional.empty()
                : Optional.of(new ReportPipelineResealed(now.uid(), now.definitionRevision(), definition, renewed));
    }

    private Config renewed(ConnectorKey key, Config config) {
        return config.patched(sealer.resealed(key, config).values());
    }

    /** By their JSON pointers. */
    private static Config sealedTexts(String definition) {
        Map<String, String> texts = new TreeMap<>();
        try {
            collect(JSON.readTree(definition), "", texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A definition is JSON", e);
        }
        return Config.of(texts);
    }

    private static void collect(JsonNode node, String pointer, Map<String, String> texts) {
        if (node.isTextual() && Sealed.is(node.textValue())) {
            texts.put(pointer, node.textValue());
        }
        node.properties()
                .forEach(field -> collect(
                        field.getValue(),
                        pointer + "/" + field.getKey().replace("~", "~0").replace("/", "~1"),
                        texts));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), pointer + "/" + i, texts);
        }
    }
}
