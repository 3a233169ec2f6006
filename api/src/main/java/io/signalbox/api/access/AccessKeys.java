package io.signalbox.api.access;

import io.signalbox.processor.domain.AccessKey;
import java.util.List;
import java.util.Optional;

/** The access keys that let somebody in; every replica knows them all. */
public interface AccessKeys {

    /**
     * @param id any text
     * @return empty when there is none, or not any more
     * @throws io.signalbox.api.query.StoreUnavailableException when this replica does not know them yet
     */
    Optional<AccessKey> find(String id);

    /** @return in the order of their ids; throws as {@link #find} */
    List<AccessKey> list();
}
