package io.signalbox.fault;

import io.signalbox.fault.Operation.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A read, or a command with all the times that it was asked: it takes effect once, after it was first asked and before it was
 * first answered.
 *
 * @param asked the first of them
 * @param answer the first answer; null when the result is unknown
 * @param invokedAt of the first of them
 * @param completedAt of the first answer; {@link Long#MAX_VALUE} when the result is unknown: it may still happen
 */
record Call(Operation asked, Operation answer, long invokedAt, long completedAt) {

    /**
     * All calls about one key, in the order of their beginning. What never came to the log and reads without an answer say
     * nothing and are left out.
     */
    static List<Call> of(List<Operation> operations, List<Finding> findings) {
        List<Call> calls = new ArrayList<>();
        Map<String, List<Operation>> byId = new LinkedHashMap<>();
        for (Operation each : operations) {
            if (each.notTaken()) {
                continue;
            }
            if (!each.kind().read()) {
                byId.computeIfAbsent(each.id(), id -> new ArrayList<>()).add(each);
            } else if (each.result() != Result.UNKNOWN) {
                calls.add(new Call(each, each, each.invokedAt(), each.completedAt()));
            }
        }
        byId.values().forEach(attempts -> calls.add(of(attempts.getFirst(), attempts, findings)));
        calls.sort((a, b) -> Long.compare(a.invokedAt, b.invokedAt));
        return calls;
    }

    private static Call of(Operation any, List<Operation> attempts, List<Finding> findings) {
        Operation answer = null;
        long invoked = Long.MAX_VALUE;
        for (Operation each : attempts) {
            if (!each.asksTheSame(any)) {
                throw new IllegalArgumentException("Two different commands have the id " + any.id());
            }
            invoked = Math.min(invoked, each.invokedAt());
            if (each.result() == Result.UNKNOWN) {
                continue;
            }
            if (answer != null && !each.toldTheSame(answer)) {
                findings.add(
                        new Finding(Flaw.TWO_ANSWERS, any.key(), any.id() + ": " + tell(answer) + ", " + tell(each)));
            }
            if (answer == null || each.completedAt() < answer.completedAt()) {
                answer = each;
            }
        }
        return new Call(any, answer, invoked, answer == null ? Long.MAX_VALUE : answer.completedAt());
    }

    private static String tell(Operation answer) {
        return answer.result() + " " + answer.code() + " " + answer.seen() + " at " + answer.position();
    }

    boolean unknown() {
        return answer == null;
    }

    boolean ok() {
        return answer != null && answer.result() == Result.OK;
    }

    boolean refused() {
        return answer != null && answer.result() == Result.REFUSED;
    }

    /** Whether it cannot have changed anything, whenever it was. */
    boolean pure() {
        return asked.kind().read() || refused();
    }

    /** @return null when none was told */
    Position position() {
        return answer == null || asked.kind().read() ? null : Position.of(answer.position());
    }

    /** Whether it is a read with a token, which must have what lies there in the log. */
    boolean mustHave(Position position) {
        return position != null && token().stream().anyMatch(each -> each.covers(position));
    }

    /** None unless it is a read with one. */
    List<Position> token() {
        return Position.all(asked.token());
    }

    Seen seen() {
        return answer == null ? null : answer.seen();
    }

    @Override
    public String toString() {
        return asked.kind() + (asked.id() == null ? "" : " " + asked.id()) + " by " + asked.client() + " at "
                + asked.invokedAt()
                + (unknown()
                        ? ", unknown"
                        : ", answered at " + completedAt + " with " + answer.result()
                                + (answer.code() == null ? "" : " " + answer.code()) + " " + answer.seen());
    }
}
