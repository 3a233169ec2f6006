package io.signalbox.standalone.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Several clients that read the same resource as fast as they can: wrk where it is installed, else our own. */
final class Reads {

    private final boolean wrk = Wrk.installed();

    String tool() {
        return wrk ? "wrk" : "the built-in load generator";
    }

    /** @param seconds whole ones if it is wrk */
    Sample run(Read read, int connections, double seconds) throws IOException, InterruptedException {
        return wrk
                ? wrk(read, connections, (int) Math.max(1, Math.round(seconds)))
                : new Load(read.resource(), connections).during(seconds, i -> read.request());
    }

    private static Sample wrk(Read read, int connections, int seconds) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>();
        if (read.tag() != null) {
            options.addAll(List.of("-H", "If-None-Match: " + read.tag()));
        }
        return Wrk.run(read.resource(), Math.min(2, connections), connections, seconds, options);
    }
}
