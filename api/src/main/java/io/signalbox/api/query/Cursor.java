package io.signalbox.api.query;

import io.signalbox.processor.domain.ConnectorState;
import java.util.Iterator;

/** The connectors of one partition in the order of their keys, one after another. */
interface Cursor extends AutoCloseable {

    /** The key of the next one; null at the end. */
    String peek();

    /** The next one, whatever its phase. */
    ConnectorState next();

    @Override
    void close();

    static Cursor over(Iterator<ConnectorState> states) {
        return new Cursor() {
            private ConnectorState ahead = states.hasNext() ? states.next() : null;

            @Override
            public String peek() {
                return ahead == null ? null : ahead.key().toString();
            }

            @Override
            public ConnectorState next() {
                var state = ahead;
                ahead = states.hasNext() ? states.next() : null;
                return state;
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
    }
}
