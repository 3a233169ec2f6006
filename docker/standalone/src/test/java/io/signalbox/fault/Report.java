package io.signalbox.fault;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What both checks say of a history.
 *
 * @param unknown commands whose result no client learnt
 * @param tookEffect how many of them did, as the log says
 * @param gaveUp the keys for which the search neither found an order nor showed that there is none
 */
record Report(
        int keys,
        int operations,
        int events,
        int unknown,
        int tookEffect,
        List<Finding> findings,
        List<String> gaveUp) {

    /** Enough for some 150 calls about one key with several unknown ones among them; with twice that it may give up. */
    static final int BOUND = 200_000;

    static Report on(History history, int bound) {
        List<Finding> findings = new ArrayList<>();
        List<String> gaveUp = new ArrayList<>();
        int unknown = 0;
        int tookEffect = 0;
        for (String key : history.keys()) {
            History mine = history.of(key);
            List<Call> calls = Call.of(mine.operations(), findings);
            Witness.check(key, calls, mine.log(), findings);
            switch (Search.run(calls, bound)) {
                case LINEARIZABLE -> {
                    // as it must be
                }
                case NOT_LINEARIZABLE ->
                    findings.add(new Finding(Flaw.NOT_LINEARIZABLE, key, calls.size() + " calls, and no order"));
                case GAVE_UP -> gaveUp.add(key);
            }
            Set<String> steps = new HashSet<>();
            mine.log().stream()
                    .filter(each -> Connector.isStep(each.event()))
                    .forEach(each -> steps.add(each.commandId()));
            var open = calls.stream().filter(Call::unknown).toList();
            unknown += open.size();
            tookEffect += (int) open.stream()
                    .filter(each -> steps.contains(each.asked().id()))
                    .count();
        }
        return new Report(
                history.keys().size(),
                history.operations().size(),
                history.log().size(),
                unknown,
                tookEffect,
                List.copyOf(findings),
                List.copyOf(gaveUp));
    }

    /** Whether nothing was found, and nothing left open. */
    boolean good() {
        return findings.isEmpty() && gaveUp.isEmpty();
    }

    long count(Flaw flaw) {
        return findings.stream().filter(each -> each.flaw() == flaw).count();
    }
}
