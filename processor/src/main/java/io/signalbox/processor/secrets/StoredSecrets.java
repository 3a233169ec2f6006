package io.signalbox.processor.secrets;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.domain.StoredSecret;
import java.util.List;
import java.util.Optional;

/** What is stored for configs to refer to, sealed; every replica knows all of it. Safe for use by many threads. */
public interface StoredSecrets {

    /** Told of every change after it can be found, once all is known that was there before; must not block. */
    @FunctionalInterface
    interface Listener {
        void changed(SecretId id);
    }

    /** Whether everything that was there at the start is known. Before that, what is not found may be there. */
    boolean ready();

    /** @return empty when there is none, or not any more */
    Optional<StoredSecret> find(SecretId id);

    /** Those of a cluster, in the order of their ids. */
    List<StoredSecret> list(ClusterKey cluster);

    /** Of all clusters. */
    List<StoredSecret> list();

    /** Another number after each change. */
    long version();

    void listen(Listener listener);
}
