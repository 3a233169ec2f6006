package io.signalbox.processor.domain;

/**
 * One connector. As text, and as the key of its records: {@code environment/cluster/connector}; the connector's name may
 * hold slashes itself, the other two parts cannot.
 *
 * @param connector the name as Kafka Connect knows it: 1 to {@value #MAX_NAME} characters, no control characters
 */
public record ConnectorKey(String environment, String cluster, String connector) implements AggregateKey {

    public static final int MAX_NAME = 255;

    /** @throws IllegalArgumentException if a part is not a legal name; the message says which and why */
    public ConnectorKey {
        ClusterKey.check("environment", environment);
        ClusterKey.check("cluster", cluster);
        if (connector == null || connector.isEmpty()) {
            throw new IllegalArgumentException("Illegal connector name: it may not be empty");
        }
        if (connector.length() > MAX_NAME) {
            throw new IllegalArgumentException("Illegal connector name: longer than " + MAX_NAME + " characters");
        }
        for (int i = 0; i < connector.length(); i++) {
            if (Character.isISOControl(connector.charAt(i))) {
                throw new IllegalArgumentException("Illegal connector name: it may not contain control characters");
            }
        }
    }

    public ClusterKey clusterKey() {
        return new ClusterKey(environment, cluster);
    }

    @Override
    public String toString() {
        return environment + "/" + cluster + "/" + connector;
    }
}
