package io.signalbox.processor.domain;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A connector's configuration: keys in their natural order, so that equal configs have equal bytes; no null values.
 * Its text shows the keys only, because a value may be a secret.
 */
public record Config(SortedMap<String, String> values) {

    public Config {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        values.forEach((key, value) -> {
            if (value == null) {
                throw new IllegalArgumentException("Config key '" + key + "' has no value");
            }
        });
    }

    public static Config of(Map<String, String> values) {
        return new Config(new TreeMap<>(values));
    }

    /** @return the value, or null */
    public String get(String key) {
        return values.get(key);
    }

    public Config with(String key, String value) {
        var merged = new TreeMap<>(values);
        merged.put(key, value);
        return new Config(merged);
    }

    /** @param patch new values by key; a null value removes the key (Kafka Connect's PATCH, KIP-477) */
    public Config patched(Map<String, String> patch) {
        var merged = new TreeMap<>(values);
        patch.forEach((key, value) -> {
            if (value == null) {
                merged.remove(key);
            } else {
                merged.put(key, value);
            }
        });
        return new Config(merged);
    }

    /** @return the same, with the text of {@code after} wherever a setting has that of {@code before} */
    public Config replaced(Config before, Config after) {
        var replaced = new TreeMap<>(values);
        replaced.replaceAll((key, value) -> value.equals(before.get(key)) ? after.get(key) : value);
        return new Config(replaced);
    }

    @Override
    public String toString() {
        return "Config" + values.keySet();
    }
}
