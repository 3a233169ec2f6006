package io.signalbox.processor.codec;

import io.signalbox.processor.domain.Sealed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * What a record holds, to be shown to whoever may see that something happened, but not the configs: of a map of strings, which
 * is how a config stands, only values that cannot be secrets are shown. It knows no type of event, so that it shows those of
 * later releases, too.
 */
final class ShownFields {

    static final String HIDDEN = "[hidden]";
    static final int LONGEST_TEXT = 8 * 1024;
    static final int MOST_ENTRIES = 256;

    /** Kafka Connect's own settings that hold a name, a class, a number or a switch. */
    private static final Set<String> HARMLESS = Set.of(
            "name",
            "connector.class",
            "connector.plugin.version",
            "tasks.max",
            "tasks.max.enforce",
            "topic",
            "topics",
            "topics.regex",
            "key.converter",
            "value.converter",
            "header.converter",
            "transforms",
            "predicates",
            "config.action.reload",
            "errors.tolerance",
            "errors.log.enable",
            "errors.log.include.messages",
            "errors.retry.timeout",
            "errors.retry.delay.max.ms",
            "errors.deadletterqueue.topic.name",
            "exactly.once.support",
            "transaction.boundary",
            "transaction.boundary.interval.ms",
            "offsets.storage.topic");

    /** What was asked for in another form than a config: settings, with secrets among them. */
    private static final Set<String> WHOLE = Set.of("definition");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[A-Za-z0-9_.-]{1,64}:[^${}]{1,1024}}");
    private static final Pattern USER_IN_URL = Pattern.compile("://[^/\\s@]{1,256}@");
    private static final Pattern NAMED_SECRET = Pattern.compile(
            "(?i)(passw(?:or)?d|passphrase|secret|token|api[._-]?key)(\"?\\s*[=:]\\s*)(\"[^\"]*\"|'[^']*'|[^\\s\"'&;,)}]+)");

    private ShownFields() {}

    /** Names as in the schema, values as JSON has them: null, Boolean, Number, String, List, Map. */
    static Map<String, Object> of(GenericRecord record) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            var value = record.get(field.pos());
            fields.put(field.name(), WHOLE.contains(field.name()) && value != null ? HIDDEN : shown(value));
        }
        return fields;
    }

    private static Object shown(Object value) {
        return switch (value) {
            case null -> null;
            case GenericRecord record -> of(record);
            case Map<?, ?> map -> config(map);
            case Collection<?> items -> items(items);
            case Boolean flag -> flag;
            case Number number -> number;
            default -> text(value.toString());
        };
    }

    private static List<Object> items(Collection<?> items) {
        List<Object> shown = new ArrayList<>();
        items.stream().limit(MOST_ENTRIES).forEach(item -> shown.add(shown(item)));
        return shown;
    }

    private static Map<String, Object> config(Map<?, ?> map) {
        Map<String, Object> shown = new TreeMap<>();
        for (var entry : map.entrySet()) {
            if (shown.size() == MOST_ENTRIES) {
                break;
            }
            var key = entry.getKey().toString();
            shown.put(bounded(key, 255), setting(key, entry.getValue()));
        }
        return shown;
    }

    private static Object setting(String key, Object value) {
        if (value == null) {
            return null;
        }
        var text = value.toString();
        boolean harmless = (HARMLESS.contains(key) || REFERENCE.matcher(text).matches()) && !Sealed.is(text);
        return harmless ? bounded(text, LONGEST_TEXT) : HIDDEN;
    }

    /** A worker's words may quote a URL or a setting. */
    private static String text(String words) {
        if (Sealed.is(words)) {
            return HIDDEN;
        }
        var shown = bounded(words, LONGEST_TEXT);
        shown = USER_IN_URL.matcher(shown).replaceAll("://" + HIDDEN + "@");
        return NAMED_SECRET.matcher(shown).replaceAll("$1$2" + HIDDEN.replace("$", "\\$"));
    }

    private static String bounded(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }
}
