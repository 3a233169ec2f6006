package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.TargetState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What can be asked of one data plane. Every call blocks for a bounded time, and every failure is a
 * {@link DriverException}; what is absent is a value. A call that changes something returns once the data plane has
 * taken it over, not once it is done. Safe for use by many threads.
 */
public interface Driver {

    /** The names of all connectors there. During the start of a data plane it may be short of some. */
    Set<String> names();

    /** The status of every connector that has one: cheap. */
    Map<String, ConnectorStatus> statuses();

    /** The config of every connector: dear where there are many. */
    Map<String, Config> configs();

    /** Config and status of one connector. */
    Observed observe(String connector);

    Optional<ConnectorStatus> status(String connector);

    /** A connector that is there already is a failure of kind BUSY: look again, then decide. */
    void create(String connector, Config config, TargetState initialState);

    /** Creates it, running, if it is not there. Its target state stays otherwise. */
    void putConfig(String connector, Config config);

    void pause(String connector);

    void resume(String connector);

    void stop(String connector);

    /** Its offsets stay. Deleting what is absent succeeds. */
    void delete(String connector);

    void restart(String connector, boolean includeTasks, boolean onlyFailed);

    void restartTask(String connector, int task);

    /** @return a JSON array of {@code {"partition":…,"offset":…}} (KIP-875), in an order that depends on its content only */
    String offsets(String connector, Duration timeout);

    /**
     * Sets offsets of a stopped connector (KIP-875).
     *
     * @param offsets as {@link #offsets} gives them; a null offset forgets its partition
     * @return what the data plane says of its success
     */
    String alterOffsets(String connector, String offsets);

    /** Forgets all offsets of a stopped connector (KIP-875); returns as {@link #alterOffsets}. */
    String resetOffsets(String connector);

    /** What the data plane says of itself. */
    Reply about(Duration timeout);

    Reply plugins(boolean connectorsOnly, Duration timeout);

    /** @param config as the caller wrote it; sent as it is */
    Reply validate(String plugin, Map<String, String> config, Duration timeout);

    /** The configs that the connector made for its tasks; not masked. */
    Reply tasks(String connector, Duration timeout);

    /** The topics that it used since they were last reset (KIP-558); none of a connector that is not there. */
    Reply topics(String connector, Duration timeout);

    Reply resetTopics(String connector, Duration timeout);

    /** @param version as the caller wrote it; null for the newest */
    Reply pluginConfig(String plugin, String version, Duration timeout);

    /** Of the first worker, as they are registered, that can be reached: whoever asks, asks the same one. */
    Reply loggers(Duration timeout);

    /** As {@link #loggers}. */
    Reply logger(String logger, Duration timeout);

    /**
     * As {@link #loggers}.
     *
     * @param level what is to be set, as the caller wrote it
     * @param scope {@code worker} or {@code cluster}, as the caller wrote it; null for the worker's choice
     */
    Reply setLogger(String logger, Map<String, String> level, String scope, Duration timeout);
}
