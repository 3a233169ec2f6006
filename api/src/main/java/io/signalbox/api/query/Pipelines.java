package io.signalbox.api.query;

import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.PipelineState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The pipelines of all clusters as this replica knows them: a moment after the log. */
public interface Pipelines {

    /**
     * @return empty when there is none, or not any more
     * @throws StoreUnavailableException when that is not known yet
     */
    Optional<PipelineState> find(PipelineKey key);

    /**
     * In the order of their keys.
     *
     * @throws StoreUnavailableException when they are not known yet
     */
    List<PipelineState> list();

    /**
     * Waits until this replica has heard of a change, so that who made it reads what he wrote.
     *
     * @param revision of the pipeline after the change
     * @return false when it has not in that time
     */
    boolean await(PipelineKey key, long revision, Duration patience);
}
