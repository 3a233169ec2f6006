package io.signalbox.processor.dataplane.systems;

import io.signalbox.processor.domain.Config;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The databases at both ends of a pipeline, asked directly: what has to be there before its connectors run, what they leave
 * behind, and what a user wants to know before. Each is known by the opened config of the connector that uses it. A call blocks
 * for 15 s at most, however the database behaves. Safe for use by many threads.
 */
public interface Systems {

    /**
     * Makes a source ready to be captured. Once more changes nothing.
     *
     * @param ownsPublication whether the publication is ours to make and change; one that is not has to be there
     * @throws SystemException when it is not ready
     */
    SourceReady prepareSource(Config source, boolean ownsPublication);

    /**
     * Makes the schemas that the sink writes to, as far as they are known by now. Once more changes nothing.
     *
     * @throws SystemException when one is missing still
     */
    void prepareSink(Config source, Config sink);

    /**
     * Removes what the source keeps for its connector, which must not run any more. What is not there is no failure.
     *
     * @throws SystemException when it may be there still
     */
    void dropSlot(Config source);

    /**
     * Removes the publication, which has to be ours. What is not there is no failure.
     *
     * @throws SystemException when it may be there still
     */
    void dropPublication(Config source);

    /**
     * All tables that the user of the source can see, without those of the database itself; what the config leaves out as well.
     *
     * @throws SystemException when they cannot be told
     */
    Catalog catalog(Config source);

    /**
     * Why one table cannot be copied beside the changes that are followed already.
     *
     * @return in words that follow the name of the table; empty when it can
     * @throws SystemException when it cannot be told
     */
    Optional<String> obstacle(Config source, TableName table);

    /**
     * What has to be put over the config of the source for the server that is really there: MySQL and MariaDB have connectors of
     * their own. Part of {@link #prepareSource}.
     *
     * @return empty for nothing
     * @throws SystemException when it cannot be told
     */
    Map<String, String> fit(Config source);

    /** Whether the source can be used as its config says. What the database says is in the checks; never empty. */
    List<Check> checkSource(Config source);

    /** Whether the sink can be used as its config says, as {@link #checkSource}. */
    List<Check> checkSink(Config sink);
}
