package io.signalbox.api.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.processor.domain.Mask;
import io.signalbox.processor.domain.SecretRule;
import io.signalbox.processor.secrets.Redactor;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Masks secrets in what a worker answers, which has them in clear. */
public final class WorkerMask {

    private final Set<String> passwords;
    private final Redactor redactor;
    private final Map<String, String> given;

    /**
     * @param passwords names of settings that are secret beside those of the rule; null where secrets are shown
     * @param given what the reader wrote himself; of tasks, what is shown of settings with references, whatever these stand for
     */
    WorkerMask(Set<String> passwords, Redactor redactor, Map<String, String> given) {
        this.passwords = passwords;
        this.redactor = redactor;
        this.given = given;
    }

    /**
     * Where secrets are shown. What is stored is not among them.
     *
     * @param values what references to stored secrets stand for
     * @param referring the settings with such references, as they are shown
     */
    static WorkerMask ofReferences(Collection<String> values, Map<String, String> referring) {
        return new WorkerMask(null, Redactor.of(values), referring);
    }

    /** {@code …/tasks}: a list of objects with a {@code config}. What a connector gave to its tasks keeps its secrets. */
    public JsonNode tasks(JsonNode answer) {
        var shown = answer.deepCopy();
        shown.forEach(task -> {
            if (task.path("config") instanceof ObjectNode config) {
                config.properties().forEach(entry -> entry.setValue(task(entry.getKey(), entry.getValue())));
            }
        });
        return shown;
    }

    /** {@code …/config/validate}: values, recommended values and errors quote what was sent. */
    public JsonNode check(JsonNode answer) {
        var shown = answer.deepCopy();
        shown.path("configs").forEach(config -> {
            if (config.path("value") instanceof ObjectNode value) {
                String name = value.path("name").asText();
                value.set("value", checked(name, value.path("value")));
                quoted(value.path("errors"), given.get(name));
                quoted(value.path("recommended_values"), given.get(name));
            }
        });
        return shown;
    }

    /**
     * What the caller wrote himself, and is no secret, comes back as it is: asterisks in it would tell him that he guessed one. A
     * reference comes back as he wrote it, and not as what it stands for.
     */
    private JsonNode checked(String name, JsonNode value) {
        String own = given.get(name);
        if (own == null || secret(name, value)) {
            return masked(name, value);
        }
        return own.contains("${") ? TextNode.valueOf(own) : value;
    }

    /** @param own null for none */
    private void quoted(JsonNode list, String own) {
        if (list instanceof ArrayNode texts) {
            for (int i = 0; i < texts.size(); i++) {
                var text = texts.get(i);
                texts.set(i, text.isTextual() ? TextNode.valueOf(redactor.redact(text.textValue(), own)) : text);
            }
        }
    }

    private boolean secret(String name, JsonNode value) {
        return passwords != null && value.isTextual() && SecretRule.secret(name, value.textValue(), passwords);
    }

    private JsonNode task(String name, JsonNode value) {
        String own = given.get(name);
        return own == null ? masked(name, value) : TextNode.valueOf(own);
    }

    private JsonNode masked(String name, JsonNode value) {
        return secret(name, value) ? TextNode.valueOf(Mask.TEXT) : redacted(value);
    }

    private JsonNode redacted(JsonNode value) {
        return value.isTextual() ? TextNode.valueOf(redactor.redact(value.textValue())) : value;
    }
}
