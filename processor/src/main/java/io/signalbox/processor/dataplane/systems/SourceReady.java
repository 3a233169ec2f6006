package io.signalbox.processor.dataplane.systems;

import java.util.List;
import java.util.Map;

/**
 * A source that can be captured, and with what exceptions.
 *
 * @param settings for the source connector, to be put over its config, so that it does not take what cannot be copied; often
 *     empty
 * @param leftOut tables that its config names and that cannot be copied
 * @param late tables, as {@code schema.table}, whose rows from before now are not copied: they came to a publication that is
 *     followed already
 * @param newTables whether tables that are made from now on are followed by themselves
 */
public record SourceReady(Map<String, String> settings, List<LeftOut> leftOut, List<String> late, boolean newTables) {

    public SourceReady {
        settings = Map.copyOf(settings);
        leftOut = List.copyOf(leftOut);
        late = List.copyOf(late);
    }

    /** Nothing had to be done. */
    static final SourceReady AS_IT_IS = new SourceReady(Map.of(), List.of(), List.of(), true);

    /**
     * @param table as {@code schema.table}
     * @param reason for people
     */
    public record LeftOut(String table, String reason) {

        @Override
        public String toString() {
            return table + ": " + reason;
        }
    }
}
