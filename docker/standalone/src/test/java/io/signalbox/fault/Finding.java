package io.signalbox.fault;

/** One thing that is wrong with a history. */
record Finding(Flaw flaw, String key, String what) {

    @Override
    public String toString() {
        return flaw + " " + key + ": " + what;
    }
}
