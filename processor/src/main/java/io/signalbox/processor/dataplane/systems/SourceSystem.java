package io.signalbox.processor.dataplane.systems;

import io.signalbox.processor.domain.Config;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One kind of database at the beginning of a pipeline; as {@link Systems}. */
public interface SourceSystem {

    SourceReady prepare(Config source, boolean ownsPublication);

    Map<String, String> fit(Config source);

    /** The schemas of the tables that the source takes; of those that are known by now. */
    Set<String> schemas(Config source);

    void dropSlot(Config source);

    void dropPublication(Config source);

    Catalog catalog(Config source);

    /** As it is where nothing was tried. */
    default Optional<String> obstacle(Config source, TableName table) {
        return Optional.of("single tables of this kind of database are not copied again");
    }

    List<Check> check(Config source);
}
