package io.signalbox.processor.domain;

import java.util.regex.Pattern;

/**
 * Which stored secret. As the key of its records: {@code @secret/environment/cluster/id}, which no environment can be called.
 *
 * @param environment 1 to 64 of letters, digits, {@code . _ -}
 * @param cluster likewise: the one whose connectors can refer to it
 * @param id 1 to {@value #LONGEST} of letters, digits and {@code / _ + = . @ % -}, as Redpanda's data plane has them
 */
public record SecretId(String environment, String cluster, String id) implements AggregateKey {

    public static final int LONGEST = 255;

    static final String SPACE = "@secret";

    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9/_+=.@%-]{1," + LONGEST + "}");

    /** @throws IllegalArgumentException if one of them is not legal; the message says which */
    public SecretId {
        ClusterKey.check("environment", environment);
        ClusterKey.check("cluster", cluster);
        if (!legal(id)) {
            throw new IllegalArgumentException("Illegal id of a secret: use 1 to " + LONGEST
                    + " letters, digits, slashes, dots, underscores, hyphens and + = @ %");
        }
    }

    /** @throws IllegalArgumentException as the constructor */
    public static SecretId of(ClusterKey cluster, String id) {
        return new SecretId(cluster.environment(), cluster.cluster(), id);
    }

    /** @param id null is not legal */
    public static boolean legal(String id) {
        return id != null && ID.matcher(id).matches();
    }

    /** @param rest of the text form: {@code cluster/id} */
    static SecretId parse(String environment, String rest) {
        String[] parts = rest.split("/", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException("Not " + SPACE + "/environment/cluster/id");
        }
        return new SecretId(environment, parts[0], parts[1]);
    }

    public ClusterKey clusterKey() {
        return new ClusterKey(environment, cluster);
    }

    @Override
    public String toString() {
        return SPACE + "/" + environment + "/" + cluster + "/" + id;
    }
}
