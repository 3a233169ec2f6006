package io.signalbox.fault;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Looks for an order of one key's calls that explains all answers and respects real time, without the log (Wing and Gong 1993,
 * with the memory of Lowe 2017: what was reached once with the same calls done and the same state is not tried again). An
 * unknown call may take effect at any time after it was asked, or never. A read with a token may be told what was at any time
 * after all that its token covers.
 */
final class Search {

    enum Verdict {
        LINEARIZABLE,
        NOT_LINEARIZABLE,
        /** Neither was shown within the bound. */
        GAVE_UP
    }

    private record Node(BitSet done, Belief now) {}

    private record Branch(Iterator<Node> next) {}

    private final List<Call> calls;
    private final List<BitSet> covered = new ArrayList<>();
    private final Set<Node> tried = new HashSet<>();

    private Search(List<Call> calls) {
        this.calls = calls;
        for (Call call : calls) {
            var before = new BitSet();
            for (int i = 0; i < calls.size(); i++) {
                before.set(i, call.mustHave(calls.get(i).position()));
            }
            covered.add(before);
        }
    }

    /**
     * @param calls about one key, in the order of their beginning
     * @param bound how many nodes are tried before it gives up
     */
    static Verdict run(List<Call> calls, int bound) {
        return new Search(calls).run(bound);
    }

    private Verdict run(int bound) {
        Deque<Branch> path = new ArrayDeque<>();
        path.push(new Branch(List.of(new Node(new BitSet(), Belief.NOTHING)).iterator()));
        while (!path.isEmpty()) {
            if (!path.peek().next().hasNext()) {
                path.pop();
                continue;
            }
            Node node = withWhatChangesNothing(path.peek().next().next());
            if (complete(node.done())) {
                return Verdict.LINEARIZABLE;
            }
            if (!tried.add(node)) {
                continue;
            }
            if (tried.size() > bound) {
                return Verdict.GAVE_UP;
            }
            path.push(new Branch(next(node).iterator()));
        }
        return Verdict.NOT_LINEARIZABLE;
    }

    private boolean complete(BitSet done) {
        for (int i = done.nextClearBit(0); i < calls.size(); i = done.nextClearBit(i + 1)) {
            if (!calls.get(i).unknown()) {
                return false;
            }
        }
        return true;
    }

    /** A read or a refusal that fits now and teaches nothing can as well be now: no other order needs to be tried. */
    private Node withWhatChangesNothing(Node node) {
        var done = (BitSet) node.done().clone();
        boolean more = true;
        while (more) {
            more = false;
            for (int i : candidates(done)) {
                Call call = calls.get(i);
                if (call.pure() && node.now().equals(node.now().after(call))) {
                    done.set(i);
                    more = true;
                }
            }
        }
        return new Node(done, node.now());
    }

    private List<Node> next(Node node) {
        List<Node> nodes = new ArrayList<>();
        for (int i : candidates(node.done())) {
            Belief after = node.now().after(calls.get(i));
            if (after != null) {
                var done = (BitSet) node.done().clone();
                done.set(i);
                nodes.add(new Node(done, after));
            }
        }
        return nodes;
    }

    /** What may be next: nothing that is still to come had ended before it began. */
    private List<Integer> candidates(BitSet done) {
        long firstEnd = Long.MAX_VALUE;
        List<Integer> begun = new ArrayList<>();
        for (int i = done.nextClearBit(0); i < calls.size(); i = done.nextClearBit(i + 1)) {
            firstEnd = Math.min(firstEnd, calls.get(i).completedAt());
        }
        for (int i = done.nextClearBit(0); i < calls.size(); i = done.nextClearBit(i + 1)) {
            Call call = calls.get(i);
            if (call.asked().token() == null ? call.invokedAt() <= firstEnd : seesItsToken(i, done)) {
                begun.add(i);
            }
        }
        return begun;
    }

    private boolean seesItsToken(int read, BitSet done) {
        var missing = (BitSet) covered.get(read).clone();
        missing.andNot(done);
        return missing.isEmpty();
    }
}
