package io.signalbox.api.dialect.confluent;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.processor.domain.Mask;
import io.signalbox.processor.domain.SecretRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A config of a self-managed connector as that of a managed one, and what is wrong with it. */
final class Translation {

    private record Remark(String field, String message) {}

    private final Map<String, String> config = new TreeMap<>();
    private final List<Remark> errors = new ArrayList<>();
    private final List<Remark> warnings = new ArrayList<>();
    private final Set<String> passwords = new HashSet<>();

    /**
     * @param given the self-managed config
     * @param plugin the managed class that it is to have
     */
    Translation(Map<String, String> given, String plugin) {
        given.forEach((name, value) -> {
            if (value == null) {
                errors.add(new Remark(name, "Null is no value"));
            } else {
                config.put(name, value);
            }
        });
        config.put(ManagedConfig.CLASS, plugin);
    }

    void error(String field, String message) {
        errors.add(new Remark(field, message));
    }

    /** @param report a {@link ValidationReport} of it */
    void checked(JsonNode report, String type) {
        Set<String> known = new HashSet<>(Set.of("name", ManagedConfig.CLASS));
        for (JsonNode setting : report.path("configs")) {
            String name = setting.path("value").path("name").asText();
            known.add(name);
            setting.path("value").path("errors").forEach(message -> error(name, message.asText()));
            if (setting.at("/definition/type").asText().equals("PASSWORD")) {
                passwords.add(name);
            }
        }
        for (String name : config.keySet()) {
            if (Enrichment.KEYS.contains(name)) {
                warnings.add(new Remark(name, "It is not needed here, and is not kept: the workers know their Kafka"));
            } else if (!known.contains(name) && !forClients(name)) {
                warnings.add(new Remark(name, "It is no setting of " + type + "; it is kept as it is"));
            }
        }
    }

    /** These go to Kafka's clients, which know more settings than anybody lists. */
    private static boolean forClients(String name) {
        return name.startsWith("producer.override.")
                || name.startsWith("consumer.override.")
                || name.startsWith("admin.override.");
    }

    /** @param mask whether secrets are shown as asterisks */
    void write(JsonGenerator json, boolean mask) throws IOException {
        Map<String, String> shown = new TreeMap<>(config);
        if (mask) {
            shown.replaceAll((name, value) ->
                    SecretRule.secret(name, value, passwords) || Mask.keeps(value) ? Asterisks.TEXT : value);
        }
        json.writeStartObject();
        json.writeFieldName("config");
        ManagedConfig.write(json, shown);
        write(json, "errors", errors);
        write(json, "warnings", warnings);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, List<Remark> remarks) throws IOException {
        json.writeArrayFieldStart(name);
        for (Remark remark : remarks) {
            json.writeStartObject();
            json.writeStringField("field", remark.field());
            json.writeStringField("message", remark.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
