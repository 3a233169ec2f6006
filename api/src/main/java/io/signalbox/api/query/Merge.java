package io.signalbox.api.query;

import io.signalbox.processor.domain.ConnectorState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Many partitions' connectors as one list, in the order of their names. Nothing is read that the list does not need. */
final class Merge {

    private record Head(String key, Cursor rest) {}

    private Merge() {}

    /** Closes the cursors. */
    static List<ConnectorState> of(List<Cursor> cursors, Selection selection) {
        try {
            var heads = new PriorityQueue<Head>(
                    Math.max(1, cursors.size()), Comparator.comparing(Head::key, KeyOrder.INSTANCE));
            cursors.forEach(cursor -> add(heads, cursor));
            List<ConnectorState> merged = new ArrayList<>();
            while (!heads.isEmpty() && merged.size() < selection.limit()) {
                var least = heads.poll().rest();
                var state = least.next();
                if (selection.has(state)) {
                    merged.add(state);
                }
                add(heads, least);
            }
            return merged;
        } finally {
            cursors.forEach(Cursor::close);
        }
    }

    private static void add(PriorityQueue<Head> heads, Cursor cursor) {
        String key = cursor.peek();
        if (key != null) {
            heads.add(new Head(key, cursor));
        }
    }
}
