package io.signalbox.processor.dataplane.systems;

import io.signalbox.processor.domain.Config;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** One kind of database at the end of a pipeline; as {@link Systems}. */
public interface SinkSystem {

    /** @param schemas those of the source, which are asked for only where they are the target's as well */
    void prepare(Config sink, Supplier<Set<String>> schemas);

    List<Check> check(Config sink);
}
