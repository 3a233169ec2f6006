package io.signalbox.processor.domain;

import java.util.regex.Pattern;

/**
 * One Kafka Connect cluster in one environment. As text, and as the key of its records: {@code environment/cluster}.
 *
 * @param environment a tenant space: 1 to 64 of letters, digits, {@code . _ -}
 * @param cluster a Kafka Connect cluster in it, of the same alphabet
 */
public record ClusterKey(String environment, String cluster) implements AggregateKey {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** @throws IllegalArgumentException if either part is not a legal name; the message says which */
    public ClusterKey {
        check("environment", environment);
        check("cluster", cluster);
    }

    public ConnectorKey connector(String name) {
        return new ConnectorKey(environment, cluster, name);
    }

    static void check(String what, String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "Illegal " + what
                            + " name: use 1 to 64 letters, digits, dots, underscores or hyphens, beginning with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return environment + "/" + cluster;
    }
}
