package io.signalbox.fault;

import java.util.List;
import java.util.stream.Stream;

/** A command's place in the log, as {@code Signalbox-Position} has it: {@code partition:offset}. */
record Position(int partition, long offset) {

    /** @return null for null */
    static Position of(String text) {
        if (text == null) {
            return null;
        }
        int colon = text.indexOf(':');
        return new Position(Integer.parseInt(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
    }

    /** A token is one or several of them, with commas. */
    static List<Position> all(String token) {
        return token == null
                ? List.of()
                : Stream.of(token.split(",")).map(Position::of).toList();
    }

    boolean covers(Position other) {
        return partition == other.partition && other.offset <= offset;
    }
}
