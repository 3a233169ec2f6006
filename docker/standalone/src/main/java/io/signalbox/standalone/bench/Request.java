package io.signalbox.standalone.bench;

/**
 * What a client asks for.
 *
 * @param body JSON; empty for none
 * @param expected the status that is right; any other ends the benchmark, but for a 409, which is asked again
 * @param tag wanted only if it differs from this; null: in any case
 */
record Request(String method, String path, String body, int expected, String tag) {

    Request(String method, String path, String body, int expected) {
        this(method, path, body, expected, null);
    }

    /** One for each number from 0 on, so that each can have a name of its own. */
    @FunctionalInterface
    interface Maker {
        Request of(int number);
    }
}
