package io.signalbox.fault;

import io.signalbox.fault.KeyLog.Effect;
import io.signalbox.fault.Operation.Kind;
import io.signalbox.fault.Operation.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A good history with its calls and its logs at hand, for who wants to break it. */
final class Scene {

    private final History history;
    private final Random random;
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, KeyLog> logs = new HashMap<>();

    Scene(History history, Random random) {
        this.history = history;
        this.random = random;
        for (String key : history.keys()) {
            calls.addAll(Call.of(history.of(key).operations(), new ArrayList<>()));
            logs.put(key, KeyLog.fold(key, history.of(key).log(), new ArrayList<>()));
        }
    }

    History history() {
        return history;
    }

    /** @return null when it has none */
    Effect effectOf(Call call) {
        return call.asked().id() == null ? null : log(call).effect(call.asked().id());
    }

    Connector before(Call call) {
        return log(call).state(effectOf(call).before());
    }

    int last(Call call) {
        return log(call).last();
    }

    private KeyLog log(Call call) {
        return logs.get(call.asked().key());
    }

    /** One that such a thing holds for; null when there is none. */
    Call any(Predicate<Call> such) {
        var found = calls.stream().filter(such).toList();
        return found.isEmpty() ? null : found.get(random.nextInt(found.size()));
    }

    Call effect(Predicate<Call> such) {
        return any(call -> effectOf(call) != null && such.test(call));
    }

    Call other(Predicate<Call> such) {
        return any(call -> effectOf(call) == null && such.test(call));
    }

    boolean never(Call call, Kind kind) {
        return history.of(call.asked().key()).operations().stream().noneMatch(each -> each.kind() == kind);
    }

    /** Whether some command about that connector had been seen to take effect before. */
    boolean answeredBefore(Call call) {
        return calls.stream()
                .anyMatch(each -> each.asked().key().equals(call.asked().key())
                        && each.ok()
                        && effectOf(each) != null
                        && each.completedAt() < call.invokedAt());
    }

    History change(Call call, Function<Call, History> how) {
        return call == null ? null : how.apply(call);
    }

    /** A read of this kind is told what was before a change that it must see. */
    History outdated(Kind kind, BiPredicate<Call, Call> mustSee) {
        for (Call read : calls) {
            if (read.asked().kind() != kind) {
                continue;
            }
            Call effect = any(each -> each.asked().key().equals(read.asked().key())
                    && each.seen() != null
                    && effectOf(each) != null
                    && before(each).active()
                    && mustSee.test(read, each));
            if (effect != null) {
                var old = before(effect);
                return told(
                        read,
                        Result.OK,
                        null,
                        new Seen(old.revision(), old.configRevision(), old.targetState(), old.config()));
            }
        }
        return null;
    }

    /** Two commands that were asked once, of which the second began when the first had ended. */
    History twoInTurn(BiFunction<Call, Call, History> how) {
        Predicate<Call> fit = call -> effectOf(call) != null && call.seen() != null && attempts(call) == 1;
        for (Call a : calls.stream().filter(fit).toList()) {
            Call b = any(each ->
                    fit.test(each) && each.asked().key().equals(a.asked().key()) && a.completedAt() < each.invokedAt());
            if (b != null) {
                return how.apply(a, b);
            }
        }
        return null;
    }

    private long attempts(Call call) {
        return history.operations().stream().filter(each -> isOf(call, each)).count();
    }

    /** @param with makes of the one what it is with something of the other */
    History swapped(Call a, Call b, BinaryOperator<Operation> with) {
        return withOperations(each ->
                isOf(a, each) ? with.apply(each, b.answer()) : isOf(b, each) ? with.apply(each, a.answer()) : each);
    }

    /** All that were told something are told this instead. */
    History told(Call call, Result result, String code, Seen seen) {
        return withOperations(each -> isOf(call, each) && each.result() != Result.UNKNOWN && !each.notTaken()
                ? each.ended(each.completedAt(), result, code, seen, each.position(), each.replica())
                : each);
    }

    /** It was asked once more, and told that it is at another place in the log. */
    History toldOtherwise(Call call) {
        var more = new ArrayList<>(history.operations());
        var first = call.answer();
        var where = "0:" + (call.position().offset() + 1 + random.nextInt(9));
        more.add(first.ended(first.completedAt() + 1, first.result(), first.code(), first.seen(), where, "r3"));
        return new History(more, history.log());
    }

    History asking(Call call, String ifMatch) {
        return withOperations(each -> isOf(call, each)
                ? new Operation(
                        each.client(),
                        each.key(),
                        each.id(),
                        each.kind(),
                        ifMatch,
                        each.config(),
                        each.initialState(),
                        each.token(),
                        each.invokedAt(),
                        each.completedAt(),
                        each.result(),
                        each.code(),
                        each.seen(),
                        each.position(),
                        each.replica())
                : each);
    }

    History without(Call call) {
        return new History(
                history.operations().stream().filter(each -> !isOf(call, each)).toList(), history.log());
    }

    History withLog(List<LogEvent> log) {
        return new History(history.operations(), log);
    }

    /** Numbered anew, as if those had never been. */
    List<LogEvent> logWithout(Predicate<LogEvent> gone) {
        return numbered(history.log().stream().filter(gone.negate()).toList());
    }

    /** The call's step stands in the log a second time, somewhere behind the first. */
    List<LogEvent> logWithAgain(Call call) {
        var log = new ArrayList<>(history.log());
        int first = log.indexOf(effectOf(call).step());
        log.add(first + 1 + random.nextInt(log.size() - first), log.get(first));
        return numbered(log);
    }

    private static List<LogEvent> numbered(List<LogEvent> log) {
        Map<String, Long> revisions = new HashMap<>();
        return log.stream()
                .map(each -> each.withRevision(revisions.merge(each.key(), 1L, Long::sum)))
                .toList();
    }

    private History withOperations(UnaryOperator<Operation> change) {
        return new History(history.operations().stream().map(change).toList(), history.log());
    }

    /** A read has no id: it is known by itself. */
    private static boolean isOf(Call call, Operation operation) {
        return call.asked().id() == null
                ? operation.equals(call.asked())
                : call.asked().id().equals(operation.id());
    }
}
