package io.signalbox.fault;

import io.signalbox.fault.KeyLog.Effect;
import io.signalbox.fault.Operation.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/**
 * Checks the history of one key against its lifecycle log, which says in which order the commands took effect. What changed
 * something has its place in that order; everything else gets the earliest place that fits what it was told and what had
 * completed before it. Exact, and as good as linear in time: only what is later is ever pushed by what is earlier.
 */
final class Witness {

    private record Placed(long completedAt, Position position, int place) {}

    private final String key;
    private final List<Call> calls;
    private final KeyLog log;
    private final List<Finding> findings;
    private final Map<Call, Effect> effects = new HashMap<>();
    private final Bounds bounds;
    private final List<Placed> placed = new ArrayList<>();

    private Witness(String key, List<Call> calls, KeyLog log, List<Finding> findings) {
        this.key = key;
        this.calls = calls;
        this.log = log;
        this.findings = findings;
        calls.stream().filter(call -> call.asked().id() != null).forEach(call -> {
            Effect effect = log.effect(call.asked().id());
            if (effect != null) {
                effects.put(call, effect);
            }
        });
        bounds = new Bounds(effects, log.last());
    }

    /** @param events of that key, in the order of the log */
    static void check(String key, List<Call> calls, List<LogEvent> events, List<Finding> findings) {
        KeyLog log = KeyLog.fold(key, events, findings);
        if (log != null) {
            new Witness(key, calls, log, findings).check();
        }
    }

    private void check() {
        unasked();
        effects.forEach(this::decidedByTheRules);
        positionsFollowTime();
        // What completed before the present call began, and the latest place among it.
        var ended = new PriorityQueue<>(Comparator.comparingLong(Placed::completedAt));
        int floor = 0;
        for (Call call : calls) {
            while (!ended.isEmpty() && ended.peek().completedAt() < call.invokedAt()) {
                floor = Math.max(floor, ended.poll().place());
            }
            Integer place = effects.containsKey(call) ? placeOfEffect(call, floor) : placeOfOther(call, floor);
            if (place != null) {
                var done = new Placed(call.completedAt(), call.position(), place);
                placed.add(done);
                ended.add(done);
            }
        }
    }

    private void unasked() {
        var asked = calls.stream().map(call -> call.asked().id()).collect(Collectors.toSet());
        log.effects().forEach((id, effect) -> {
            if (!asked.contains(id)) {
                report(Flaw.UNASKED, effect.step().toString());
            }
        });
    }

    private void decidedByTheRules(Call call, Effect effect) {
        Operation asked = call.asked();
        Connector before = log.state(effect.before());
        if (call.refused()) {
            report(Flaw.REFUSED_BUT_DONE, call + ", and " + effect.step());
            return;
        }
        boolean right = before.refusal(asked) == null && effect.step().event().equals(before.eventOf(asked));
        if (!right || !before.after(asked, effect.after()).equals(log.state(effect.after()))) {
            report(Flaw.WRONG_DECISION, call + ", when it was " + before + ", made " + effect.step());
        }
        if (call.seen() != null && !call.seen().fits(log.state(effect.after()))) {
            report(Flaw.WRONG_ANSWER, call + ", but it is " + log.state(effect.after()));
        }
    }

    /** The log's order must be that of the positions, and neither may put what came later before what had ended. */
    private void positionsFollowTime() {
        var inOrder = calls.stream()
                .filter(call -> call.position() != null)
                .sorted(Comparator.comparingLong(call -> call.position().offset()))
                .toList();
        Call latest = null;
        Call before = null;
        for (Call call : inOrder) {
            if (before != null && before.position().covers(call.position())) {
                report(Flaw.OUT_OF_ORDER, before + " and " + call + " have one position");
            }
            if (latest != null && call.completedAt() < latest.invokedAt()) {
                report(Flaw.OUT_OF_ORDER, call + " is in the log behind " + latest);
            }
            latest = latest == null || call.invokedAt() > latest.invokedAt() ? call : latest;
            before = call;
        }
    }

    private Integer placeOfEffect(Call call, int floor) {
        Effect effect = effects.get(call);
        if (Math.max(floor, bounds.behind(call.position(), effect)) > effect.before()) {
            report(Flaw.OUT_OF_ORDER, call + " made revision " + effect.after() + ", before what had completed then");
            return null;
        }
        return effect.after();
    }

    /** @return null when there is none, or it needs none */
    private Integer placeOfOther(Call call, int floor) {
        if (call.unknown()) {
            return null;
        }
        boolean withToken = call.asked().kind() == Kind.READ_WITH_TOKEN;
        int least = withToken ? token(call) : Math.max(floor, bounds.behind(call.position(), null));
        int most = bounds.most(call);
        boolean ever = false;
        boolean early = false;
        for (int place = 0; place <= log.last(); place++) {
            if (fits(call, log.state(place))) {
                if (place >= least && place <= most) {
                    return place;
                }
                ever = true;
                early |= place < least;
            }
        }
        report(flaw(call, ever, early), call + ", with places from " + least + " to " + most);
        return null;
    }

    private static Flaw flaw(Call call, boolean ever, boolean early) {
        if (!call.asked().kind().read()) {
            return call.ok() ? Flaw.LOST : ever ? Flaw.OUT_OF_ORDER : Flaw.WRONG_DECISION;
        }
        if (!ever) {
            return Flaw.WRONG_ANSWER;
        }
        if (!early) {
            return Flaw.OUT_OF_ORDER;
        }
        return call.asked().kind() == Kind.READ_WITH_TOKEN ? Flaw.READ_BEFORE_TOKEN : Flaw.STALE_READ;
    }

    /** Whether that answer, without an event, is right in that state. */
    private static boolean fits(Call call, Connector now) {
        String refusal = now.refusal(call.asked());
        if (call.refused()) {
            return call.answer().code().equals(refusal);
        }
        return refusal == null
                && now.eventOf(call.asked()) == null
                && (call.seen() == null || call.seen().fits(now));
    }

    /** What a read with its token has to have seen: all commands up to there. */
    private int token(Call read) {
        int told = placed.stream()
                .filter(each -> read.mustHave(each.position()))
                .mapToInt(Placed::place)
                .max()
                .orElse(0);
        return read.token().stream().mapToInt(bounds::covered).reduce(told, Math::max);
    }

    private void report(Flaw flaw, String what) {
        findings.add(new Finding(flaw, key, what));
    }
}
