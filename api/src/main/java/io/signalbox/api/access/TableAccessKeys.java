package io.signalbox.api.access;

import io.signalbox.api.query.StoreUnavailableException;
import io.signalbox.processor.dataplane.CompactedTable;
import io.signalbox.processor.domain.AccessKey;
import io.signalbox.processor.domain.AccessKeyId;
import java.util.List;
import java.util.Optional;

/** The access keys as this replica has read them from their topic. */
public final class TableAccessKeys implements AccessKeys {

    private final CompactedTable<AccessKey> table;

    public TableAccessKeys(CompactedTable<AccessKey> table) {
        this.table = table;
    }

    @Override
    public Optional<AccessKey> find(String id) {
        requireReady();
        return AccessKeyId.legal(id) ? table.find(new AccessKeyId(id).toString()) : Optional.empty();
    }

    @Override
    public List<AccessKey> list() {
        requireReady();
        return table.list();
    }

    private void requireReady() {
        if (!table.ready()) {
            throw new StoreUnavailableException("The access keys are still being read", null);
        }
    }
}
