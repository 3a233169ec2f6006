package io.signalbox.fault;

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

    boolean covers(Position other) {
        return partition == other.partition && other.offset <= offset;
    }
}
