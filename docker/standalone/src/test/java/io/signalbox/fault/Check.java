package io.signalbox.fault;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks written histories again, without a cluster. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Checks histories against their lifecycle log and for linearizability. Exits with 0 when all are good, "
                        + "1 when there are findings, 2 when one cannot be read or a search gave up.")
final class Check implements Callable<Integer> {

    private static final int GOOD = 0;
    private static final int FINDINGS = 1;
    private static final int OPEN = 2;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "histories, as JSON lines")
    private List<Path> files;

    @Option(
            names = "--bound",
            paramLabel = "NODES",
            defaultValue = "" + Report.BOUND,
            description = "how many nodes the search tries for a key before it gives up (default: ${DEFAULT-VALUE})")
    private int bound;

    private final PrintStream out;

    private Check(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) {
        System.exit(run(System.out, args));
    }

    static int run(PrintStream out, String... args) {
        return new CommandLine(new Check(out))
                .setOut(new PrintWriter(out, true))
                .execute(args);
    }

    @Override
    public Integer call() throws IOException {
        List<Integer> codes = new ArrayList<>();
        for (Path file : files) {
            codes.add(check(file));
        }
        return codes.contains(FINDINGS) ? FINDINGS : Collections.max(codes);
    }

    private int check(Path file) throws IOException {
        Report report;
        try {
            report = Report.on(History.read(file), bound);
        } catch (IllegalArgumentException e) {
            out.println(file + ": cannot be checked: " + e.getMessage());
            return OPEN;
        }
        out.printf(
                "%s: %d keys, %d operations, %d events; %d unknown, of which %d took effect%n",
                file, report.keys(), report.operations(), report.events(), report.unknown(), report.tookEffect());
        for (Flaw flaw : Flaw.values()) {
            out.printf("  %-17s %d%n", flaw, report.count(flaw));
        }
        report.findings().forEach(each -> out.println("  " + each));
        report.gaveUp().forEach(key -> out.println("  GAVE_UP " + key));
        if (!report.findings().isEmpty()) {
            return FINDINGS;
        }
        return report.good() ? GOOD : OPEN;
    }
}
