package io.signalbox.it;

import io.signalbox.api.Signalbox;

/** Signalbox, with all that it can be made to say. */
public final class LoudReplica {

    private LoudReplica() {}

    public static void main(String[] args) {
        // Signalbox's own configuration, not the tests'.
        System.setProperty("log4j2.configurationFile", "log4j2.xml");
        System.setProperty("signalbox.log.level", "TRACE");
        Signalbox.main(args);
    }
}
