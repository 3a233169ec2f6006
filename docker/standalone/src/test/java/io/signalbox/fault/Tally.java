package io.signalbox.fault;

import java.util.Set;

/** What the runs of one kind of fault showed, all together. */
final class Tally {

    private final String row;
    private final Outages writes = new Outages();
    private final Outages reads = new Outages();
    private int faults;
    private int runs;
    private long operations;
    private long events;
    private long unknown;
    private long lost;
    private long duplicates;
    private long violations;
    private long gaveUp;
    private long requests;
    private long failed;
    private long stale;
    private double leastRate = Double.MAX_VALUE;

    Tally(String row) {
        this.row = row;
    }

    void add(Run run, int faultsOfRun, Report report) {
        faults += faultsOfRun;
        runs++;
        operations += report.operations();
        events += report.events();
        unknown += report.unknown();
        lost += report.count(Flaw.LOST);
        duplicates += report.count(Flaw.DUPLICATE_EVENTS) + report.count(Flaw.TWO_ANSWERS);
        violations += report.findings().stream()
                .filter(each -> !Set.of(Flaw.LOST, Flaw.DUPLICATE_EVENTS, Flaw.TWO_ANSWERS)
                        .contains(each.flaw()))
                .count();
        gaveUp += report.gaveUp().size();
        writes.add(run.writes());
        reads.add(new Outages(run.readers().waits()));
        stale += run.readers().stale();
        requests += run.load().count().requests.sum();
        failed += run.load().count().failed();
        leastRate = Math.min(leastRate, run.leastRate());
        report.findings().stream().limit(20).forEach(each -> System.out.println("  " + each));
        run.readers().slow().forEach(each -> System.out.println("  slow read: " + each));
        System.out.println(this);
    }

    Outages writes() {
        return writes;
    }

    Outages reads() {
        return reads;
    }

    /** Of all requests of the load, the share that failed at the server or on the way. */
    double failedShare() {
        return (double) failed / requests;
    }

    @Override
    public String toString() {
        return String.format(
                "%s: %d faults in %d runs, %d operations, %d events, %d unknown; lost %d, duplicates %d, violations %d,"
                        + " open %d; writes back: %s; reads: %s, %d from copies; failed requests %d of %d; least load %.0f/s",
                row,
                faults,
                runs,
                operations,
                events,
                unknown,
                lost,
                duplicates,
                violations,
                gaveUp,
                writes,
                reads,
                stale,
                failed,
                requests,
                leastRate);
    }
}
