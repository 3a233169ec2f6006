package io.signalbox.processor.domain;

/**
 * One Kafka Connect cluster in one environment. As text, and as the key of its records: {@code environment/cluster}.
 *
 * @param environment a tenant space: 1 to 64 of letters, digits, {@code . _ -}
 * @param cluster a Kafka Connect cluster in it, of the same alphabet
 */
public record ClusterKey(String environment, String cluster) implements AggregateKey {

    private static final int LONGEST = 64;

    /** @throws IllegalArgumentException if either part is not a legal name; the message says which */
    public ClusterKey {
        check("environment", environment);
        check("cluster", cluster);
    }

    public ConnectorKey connector(String name) {
        return new ConnectorKey(environment, cluster, name);
    }

    static void check(String what, String name) {
        if (!legal(name)) {
            throw new IllegalArgumentException(
                    "Illegal " + what
                            + " name: use 1 to 64 letters, digits, dots, underscores or hyphens, beginning with a letter or digit");
        }
    }

    /** No regular expression: there is a key in every record and every request. */
    private static boolean legal(String name) {
        if (name == null || name.isEmpty() || name.length() > LONGEST || !letterOrDigit(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!letterOrDigit(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean letterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    @Override
    public String toString() {
        return environment + "/" + cluster;
    }
}
