package io.signalbox.api.dialect.confluent;

import io.signalbox.processor.domain.ClusterKey;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Settings that Confluent Cloud adds to each config that it shows. They say where a connector is and how it gets to Kafka, which on
 * one's own workers is the workers' matter: they are added to what is read, are dropped from what is written, and are nowhere kept.
 *
 * @param provider {@code aws}, {@code azure} or {@code gcp}: clients know no other
 * @param region where the Kafka cluster is
 * @param endpoint where it is reached
 */
public record Enrichment(String provider, String region, String endpoint) {

    private static final String KEY = "kafka.api.key";
    private static final String SECRET = "kafka.api.secret";

    static final Set<String> KEYS =
            Set.of("cloud.environment", "cloud.provider", "kafka.endpoint", "kafka.region", KEY, SECRET);

    /** @return what is added; a setting of one of these names that somebody stored in another way counts more */
    Map<String, String> of(ClusterKey cluster) {
        Map<String, String> added = new TreeMap<>();
        added.put("cloud.environment", cluster.environment());
        added.put("cloud.provider", provider);
        added.put("kafka.endpoint", endpoint);
        added.put("kafka.region", region);
        added.put(KEY, Asterisks.TEXT);
        added.put(SECRET, Asterisks.TEXT);
        return added;
    }
}
