package io.signalbox.it;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Configs of the file connectors, which keep lines as they are. */
final class FileConnectors {

    private FileConnectors() {}

    static Map<String, String> source(Path file, String topic) {
        return config("FileStreamSource", Map.of("file", file.toString(), "topic", topic));
    }

    static Map<String, String> sink(Path file, String topic) {
        return config("FileStreamSink", Map.of("file", file.toString(), "topics", topic));
    }

    /** The same config with one setting more, or another. */
    static Map<String, String> with(Map<String, String> config, String key, String value) {
        Map<String, String> changed = new TreeMap<>(config);
        changed.put(key, value);
        return changed;
    }

    private static Map<String, String> config(String connectorClass, Map<String, String> more) {
        Map<String, String> config = new TreeMap<>(more);
        config.put("connector.class", connectorClass);
        config.put("tasks.max", "1");
        config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        config.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
        return config;
    }
}
