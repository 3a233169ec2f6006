package io.signalbox.api.query;

import io.signalbox.processor.dataplane.CompactedTable;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.PipelineState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The pipelines as this replica has read them from their topic. */
public final class TablePipelines implements Pipelines {

    private final CompactedTable<PipelineState> table;

    public TablePipelines(CompactedTable<PipelineState> table) {
        this.table = table;
    }

    @Override
    public Optional<PipelineState> find(PipelineKey key) {
        requireReady();
        return table.find(key.toString());
    }

    @Override
    public List<PipelineState> list() {
        requireReady();
        return table.list();
    }

    @Override
    public boolean await(PipelineKey key, long revision, Duration patience) {
        try {
            return table.await(key.toString(), state -> state.revision() >= revision, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void requireReady() {
        if (!table.ready()) {
            throw new StoreUnavailableException("The pipelines are still being read", null);
        }
    }
}
