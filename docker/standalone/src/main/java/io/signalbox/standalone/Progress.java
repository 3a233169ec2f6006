package io.signalbox.standalone;

import java.io.PrintStream;
import java.time.Duration;

/** Lines for the person at the terminal, each with the part it is about and, where time passes, how much. */
public final class Progress {

    private final PrintStream out;

    public Progress(PrintStream out) {
        this.out = out;
    }

    void line(String subject, String text) {
        out.printf("  %-15s %s%n", subject, text);
        out.flush();
    }

    /** The last lines of a part's log. */
    void tail(ChildProcess part) {
        part.tail().forEach(line -> out.println("  | " + line));
        out.flush();
    }

    void plain(String text) {
        out.println(text);
        out.flush();
    }

    static String seconds(Duration elapsed) {
        return "%.1f s".formatted(elapsed.toMillis() / 1000.0);
    }
}
