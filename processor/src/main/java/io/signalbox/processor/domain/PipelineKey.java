package io.signalbox.processor.domain;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One pipeline: a source and a sink connector that are run as one thing on one Kafka Connect cluster. As the key of its records:
 * {@code @pipeline/environment/cluster/id}, which no environment can be called.
 *
 * @param id 1 to {@value #MAX_ID} of letters, digits, {@code _ -}
 */
public record PipelineKey(String environment, String cluster, String id) implements AggregateKey {

    public static final int MAX_ID = 30;

    static final String SPACE = "@pipeline";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1," + MAX_ID + "}");

    /** @throws IllegalArgumentException if a part is not a legal name; the message says which */
    public PipelineKey {
        new ClusterKey(environment, cluster);
        if (!legal(id)) {
            throw new IllegalArgumentException(
                    "Illegal pipeline id: use 1 to " + MAX_ID + " letters, digits, underscores or hyphens");
        }
    }

    /** @param id null is not legal */
    public static boolean legal(String id) {
        return id != null && ID.matcher(id).matches();
    }

    /** @param rest of the text form: {@code cluster/id} */
    static PipelineKey parse(String environment, String rest) {
        String[] parts = rest.split("/", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException("Not " + SPACE + "/environment/cluster/id");
        }
        return new PipelineKey(environment, parts[0], parts[1]);
    }

    public ClusterKey clusterKey() {
        return new ClusterKey(environment, cluster);
    }

    /** The connector that fills its topics. */
    public ConnectorKey source() {
        return new ConnectorKey(environment, cluster, topics() + ".source");
    }

    /** The connector that empties them. */
    public ConnectorKey sink() {
        return new ConnectorKey(environment, cluster, topics() + ".sink");
    }

    /** What the names of its connectors, topics and consumer group begin with; a dot or a hyphen follows. */
    public String topics() {
        return "sm." + id;
    }

    /** What its replication slot is called, and its publication unless another one is named; two ids may give the same. */
    public String slot() {
        return "supermetal_" + id.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    @Override
    public String toString() {
        return SPACE + "/" + environment + "/" + cluster + "/" + id;
    }
}
