package io.signalbox.standalone.bench;

import java.io.IOException;

/** Rows that are measured together. */
interface Section {

    /** By which it is chosen. */
    String name();

    void run(Results results, Scale scale) throws IOException, InterruptedException;
}
