package io.signalbox.processor.domain;

/**
 * Which quota. As the key of its records: {@code @quota/environment}, which no environment can be called.
 *
 * @param environment the tenant space that it limits: 1 to 64 of letters, digits, {@code . _ -}
 */
public record QuotaKey(String environment) implements AggregateKey {

    static final String SPACE = "@quota";

    /** @throws IllegalArgumentException if it is not a legal name */
    public QuotaKey {
        ClusterKey.check("environment", environment);
    }

    /** Null: it is about all clusters of the environment. */
    @Override
    public String cluster() {
        return null;
    }

    @Override
    public String toString() {
        return SPACE + "/" + environment;
    }
}
