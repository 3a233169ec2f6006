package io.signalbox.api.dialect.confluent;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.api.http.Refusal;
import io.signalbox.processor.domain.ClusterKey;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A config between what clients of Confluent Cloud write and what Kafka Connect has. What is stored is Kafka Connect's own, with
 * one setting more: what was written where that is not the name of the class, so that it is read as it was written.
 */
final class ManagedConfig {

    static final String CLASS = "connector.class";

    /** Kept with the config. A worker does not know it, and does not mind. */
    static final String WRITTEN = "signalbox.managed.class";

    private static final String TYPE = "confluent.connector.type";
    private static final String PLUGIN_ID = "confluent.custom.plugin.id";

    private final Plugins plugins;
    private final Enrichment enrichment;

    ManagedConfig(Plugins plugins, Enrichment enrichment) {
        this.plugins = plugins;
        this.enrichment = enrichment;
    }

    /**
     * @param written by a client; null values stay
     * @throws Refusal 400 when it names no class or plugin; 500 as Confluent Cloud has it when the workers have none for it; 503 when
     *     that cannot be told
     */
    Map<String, String> stored(ClusterKey cluster, Map<String, String> written) {
        boolean custom = custom(written);
        String asked = written.get(custom ? PLUGIN_ID : CLASS);
        if (asked == null || asked.isBlank()) {
            throw Refusal.bad("\"" + (custom ? PLUGIN_ID : CLASS) + "\" is required");
        }
        String type = plugins.javaClass(cluster, asked).orElseThrow(() -> plugins.missing(500, asked));
        Map<String, String> config = withClass(written, type);
        String own = written.get(CLASS);
        if (!type.equals(own)) {
            config.put(WRITTEN, own == null ? "" : own);
        }
        return config;
    }

    /** @return what a worker is to check as a config of that class */
    static Map<String, String> withClass(Map<String, String> written, String type) {
        Map<String, String> config = new TreeMap<>(written);
        config.keySet().removeAll(Enrichment.KEYS);
        config.remove(WRITTEN);
        config.put(CLASS, type);
        return config;
    }

    /** @param masked as it is shown elsewhere */
    Map<String, String> shown(ClusterKey cluster, Map<String, String> masked) {
        Map<String, String> shown = new TreeMap<>(enrichment.of(cluster));
        masked.forEach((name, value) -> shown.put(name, Asterisks.of(value)));
        String written = shown.remove(WRITTEN);
        String type = masked.get(CLASS);
        String named = custom(masked) ? masked.get(PLUGIN_ID) : written;
        // Somebody may have given it another class since, by another API.
        if (written != null && named != null && type != null && plugins.means(named, type)) {
            if (written.isEmpty()) {
                shown.remove(CLASS);
            } else {
                shown.put(CLASS, written);
            }
        }
        return shown;
    }

    /** Whether it is of a plugin that users of Confluent Cloud bring along. */
    static boolean custom(Map<String, String> config) {
        return "CUSTOM".equalsIgnoreCase(config.get(TYPE));
    }

    static void write(JsonGenerator json, Map<String, String> config) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, String> setting : config.entrySet()) {
            json.writeStringField(setting.getKey(), setting.getValue());
        }
        json.writeEndObject();
    }
}
