package io.signalbox.processor.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * How a connector on the data plane differs from what is desired.
 *
 * @param absent whether it is not there at all
 * @param state what it does, RUNNING, PAUSED or STOPPED, where something else is desired; null when it does not differ, or
 *     does not show
 * @param config the keys that differ, in their order, {@value #MOST_KEYS} at most
 * @param moreConfig how many further keys differ
 */
public record Difference(boolean absent, RunState state, List<ConfigDifference> config, int moreConfig) {

    public static final Difference NONE = new Difference(false, null, List.of(), 0);
    static final int MOST_KEYS = 100;
    private static final int LONGEST_KEY = 255;

    public Difference {
        config = List.copyOf(config);
    }

    /**
     * @param config as it is on the data plane; null when it is not there
     * @param status null when there is none
     */
    public static Difference between(
            ConnectorState desired, Config config, ConnectorStatus status, Fingerprint fingerprint) {
        if (config == null) {
            return new Difference(true, null, List.of(), 0);
        }
        return keys(desired, config, fingerprint)
                .withState(ofState(desired, status).state());
    }

    /** What a status alone says, which tells nothing of the config. */
    public static Difference ofState(ConnectorState desired, ConnectorStatus status) {
        return NONE.withState(status == null ? null : otherwise(desired.targetState(), status.state()));
    }

    public boolean none() {
        return equals(NONE);
    }

    public boolean inConfig() {
        return !config.isEmpty();
    }

    public Difference withoutConfig() {
        return new Difference(false, state, List.of(), 0);
    }

    public Difference withState(RunState other) {
        return new Difference(absent, other, config, moreConfig);
    }

    /** Only these three tell what a connector was asked to do; a FAILED one may have been asked anything. */
    private static RunState otherwise(TargetState target, RunState state) {
        return switch (state) {
            case RUNNING, PAUSED, STOPPED -> state.name().equals(target.name()) ? null : state;
            case UNASSIGNED, FAILED, RESTARTING, DESTROYED -> null;
        };
    }

    private static Difference keys(ConnectorState desired, Config observed, Fingerprint fingerprint) {
        if (desired.config().equals(observed)) {
            return NONE;
        }
        var all = new TreeSet<>(desired.config().values().keySet());
        all.addAll(observed.values().keySet());
        List<ConfigDifference> differing = new ArrayList<>();
        int more = 0;
        for (String key : all) {
            String wanted = desired.config().get(key);
            String found = observed.get(key);
            if (Objects.equals(wanted, found)) {
                continue;
            }
            if (differing.size() == MOST_KEYS) {
                more++;
            } else {
                differing.add(new ConfigDifference(
                        key.length() > LONGEST_KEY ? key.substring(0, LONGEST_KEY) + "…" : key,
                        print(fingerprint, desired, key, wanted),
                        print(fingerprint, desired, key, found)));
            }
        }
        return new Difference(false, null, differing, more);
    }

    private static String print(Fingerprint fingerprint, ConnectorState of, String key, String value) {
        return value == null ? null : fingerprint.of(of.uid(), key, value);
    }
}
