package io.signalbox.processor.domain;

import java.util.List;

/**
 * How to reach a Kafka Connect cluster, and how to treat it.
 *
 * @param workers base URLs of its workers, at least one; each is tried until one answers
 * @param username for HTTP basic authentication; null for none
 * @param password a reference that each replica resolves for itself, {@code ${env:NAME}} or {@code ${file:path:key}};
 *     never the password; null for none
 * @param policies how the reconciler treats it
 */
public record ClusterSpec(List<String> workers, String username, String password, Policies policies) {

    public ClusterSpec {
        workers = List.copyOf(workers);
    }

    /**
     * @param pollIntervalMs how often the status of its connectors is read, in milliseconds
     * @param maxConcurrency how many changes are under way on it at once
     * @param validate whether a config is checked by the cluster before it is accepted
     * @param unmanaged what becomes of connectors that are found there and were not declared
     * @param drift what becomes of changes that were made there behind our back
     * @param secrets whether reads show secrets in configs
     */
    public record Policies(
            long pollIntervalMs,
            int maxConcurrency,
            boolean validate,
            Unmanaged unmanaged,
            OnDrift drift,
            InReads secrets) {
        public static final Policies DEFAULT = new Policies(1_000, 128, true, Unmanaged.ADOPT, OnDrift.HEAL);

        /** With secrets masked. */
        public Policies(long pollIntervalMs, int maxConcurrency, boolean validate, Unmanaged unmanaged, OnDrift drift) {
            this(pollIntervalMs, maxConcurrency, validate, unmanaged, drift, InReads.MASK);
        }
    }

    /** Asterisks instead of secrets, or the secrets themselves, as Kafka Connect has it. */
    public enum InReads {
        MASK,
        SHOW
    }

    /** Take over what is there, or only tell of it. Nothing is ever deleted. */
    public enum Unmanaged {
        ADOPT,
        REPORT
    }

    /** Put back what was asked for, or only tell of the difference. */
    public enum OnDrift {
        HEAL,
        REPORT
    }
}
