package io.signalbox.it;

import io.signalbox.api.Signalbox;
import io.signalbox.api.SignalboxConfig;
import io.signalbox.processor.topology.FaultPoints;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/**
 * Signalbox with one fault: once it has answered a command whose id begins with {@value #MARK}, its stream thread hangs, so
 * that nothing of it is ever committed. The test kills it in that state.
 */
public final class DyingReplica {

    static final String MARK = "die-";

    /** Begins the line of output that says that the point was reached. */
    static final String HELD = "held after the answer to ";

    private DyingReplica() {}

    public static void main(String[] args) throws Exception {
        var settings = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of(args[1]))) {
            settings.load(file);
        }
        Signalbox.run(SignalboxConfig.of(settings, System.getenv()), DyingReplica::hang);
    }

    private static void hang(String point, String commandId) {
        if (point.equals(FaultPoints.AFTER_ANSWER) && commandId.startsWith(MARK)) {
            System.out.println(HELD + commandId);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
