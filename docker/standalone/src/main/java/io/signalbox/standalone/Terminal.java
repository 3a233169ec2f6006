package io.signalbox.standalone;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Runs what a script starts: whatever the person at the terminal can mend is one line. */
final class Terminal {

    private Terminal() {}

    /** @return the exit code */
    static int run(Callable<Integer> program, String... args) {
        CommandLine command = new CommandLine(program);
        command.setExecutionExceptionHandler((problem, line, parsed) -> {
            if (!(problem instanceof StandaloneException || problem instanceof IOException)) {
                throw problem;
            }
            System.out.flush();
            System.err.println("signalbox: " + problem.getMessage());
            return 1;
        });
        return command.execute(args);
    }
}
