package io.signalbox.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A part that runs, whoever started it. */
record RunningPart(String name, ProcessHandle process) {

    private static final Duration POLL = Duration.ofMillis(50);

    /** As {@link ChildProcess#stop}, for what may be no child of ours. */
    void stop(Duration limit) throws InterruptedException {
        process.destroy();
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ended(process)) {
            if (System.nanoTime() > deadline) {
                process.destroyForcibly();
            }
            Thread.sleep(POLL);
        }
    }

    /** What has ended keeps its id until its parent asks how, which in a container may be never. */
    static boolean ended(ProcessHandle process) {
        if (!process.isAlive()) {
            return true;
        }
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            // The state follows the name of the program, which is in brackets.
            String line = Files.readString(stat);
            return line.startsWith("Z", line.lastIndexOf(')') + 2);
        } catch (IOException notLinuxOrGone) {
            return !process.isAlive();
        }
    }
}
