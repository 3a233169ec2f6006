package io.signalbox.processor.dataplane.systems;

import io.signalbox.processor.dataplane.systems.Check.Result;
import io.signalbox.processor.dataplane.systems.Check.Result.Failed;
import io.signalbox.processor.dataplane.systems.Check.Result.Skipped;
import io.signalbox.processor.dataplane.systems.Check.Test;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is tried at one database, in order, with times. */
public final class Trials {

    private final Clock clock;
    private final List<Check> done = new ArrayList<>();

    public Trials(Clock clock) {
        this.clock = clock;
    }

    /** @param trial throws nothing for what the database says */
    public Result run(Test test, Supplier<Result> trial) {
        Instant began = clock.instant();
        Result result = trial.get();
        done.add(new Check(test, result, began, clock.instant()));
        return result;
    }

    /** A question to a server, which may say no; then its words are what came of it. */
    public Result ask(Entry.Door door, Test test, Entry.Question question) {
        return run(test, () -> Entry.told(door, question));
    }

    /** What was found out by the way, since {@code began}. */
    public void found(Test test, Result result, Instant began) {
        done.add(new Check(test, result, began, clock.instant()));
    }

    public void skip(String reason, Test... tests) {
        for (Test test : tests) {
            Instant now = clock.instant();
            done.add(new Check(test, new Skipped(reason), now, now));
        }
    }

    public Instant now() {
        return clock.instant();
    }

    public boolean failed() {
        return done.stream().anyMatch(each -> each.result() instanceof Failed);
    }

    public List<Check> done() {
        return List.copyOf(done);
    }
}
