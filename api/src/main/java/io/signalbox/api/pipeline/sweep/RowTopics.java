package io.signalbox.api.pipeline.sweep;

import io.signalbox.processor.domain.Config;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which topics a source writes tables to: as Debezium names them ({@code SchemaTopicNamingStrategy}), and as Kafka Connect's
 * {@code RegexRouter} then does, where the config has one.
 */
final class RowTopics {

    private static final Pattern ILLEGAL = Pattern.compile("[^A-Za-z0-9._-]");
    private static final int LONGEST = 249;

    private final String prefix;
    private final Pattern regex;
    private final String replacement;

    /** @param source the config of the source connector */
    RowTopics(Config source) {
        prefix = source.get("topic.prefix");
        String routed = source.get("transforms.topic.regex");
        regex = routed == null ? null : Pattern.compile(routed);
        replacement = source.get("transforms.topic.replacement");
    }

    /** @return the tables of each topic */
    Map<String, Set<String>> of(Set<String> tables) {
        Map<String, Set<String>> topics = new TreeMap<>();
        tables.forEach(table ->
                topics.computeIfAbsent(of(table), any -> new TreeSet<>()).add(table));
        return topics;
    }

    private String of(String table) {
        String name = ILLEGAL.matcher(prefix + "." + table).replaceAll("_");
        String topic = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
        if (regex == null) {
            return topic;
        }
        Matcher matcher = regex.matcher(topic);
        return matcher.matches() ? matcher.replaceFirst(replacement) : topic;
    }
}
