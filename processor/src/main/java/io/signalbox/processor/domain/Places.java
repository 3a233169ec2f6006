package io.signalbox.processor.domain;

/**
 * How much of a quota something takes.
 *
 * @param tasks as declared by {@code tasks.max}: how many a worker really makes of it is known too late to refuse it
 */
public record Places(int connectors, long tasks) {

    public static final Places NONE = new Places(0, 0);

    private static final String TASKS = "tasks.max";

    /**
     * What a connector takes: one place from its creation until its deletion is asked for, which is as long as it is listed.
     *
     * @param state null takes nothing
     */
    public static Places of(ConnectorState state) {
        return state == null || !state.active()
                ? NONE
                : new Places(1, declared(state.config().get(TASKS)));
    }

    /** Kafka Connect's default is 1; what is no number from 1 on, such as a reference, counts as that. */
    private static long declared(String tasks) {
        if (tasks == null) {
            return 1;
        }
        try {
            return Math.max(1, Integer.parseInt(tasks.trim()));
        } catch (NumberFormatException noNumber) {
            return 1;
        }
    }

    public Places plus(Places other) {
        return new Places(connectors + other.connectors, tasks + other.tasks);
    }

    public Places minus(Places other) {
        return new Places(connectors - other.connectors, tasks - other.tasks);
    }

    /** What this takes more than the other; of what it takes less, nothing. */
    public Places beyond(Places other) {
        return new Places(Math.max(0, connectors - other.connectors), Math.max(0, tasks - other.tasks));
    }

    public boolean within(Places other) {
        return connectors <= other.connectors && tasks <= other.tasks;
    }
}
