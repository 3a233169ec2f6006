package io.signalbox.fault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lifecycle log of one key, folded: the state at each revision, and the step that each command made. */
final class KeyLog {

    /**
     * What a command did.
     *
     * @param step the one event of it that changes what is desired
     * @param before the revision before its first event
     * @param after the revision of its last event
     */
    record Effect(LogEvent step, int before, int after) {}

    private final List<Connector> states = new ArrayList<>();
    private final Map<String, Effect> effects = new HashMap<>();

    private KeyLog() {}

    /** @return null when it has no order that could be folded; then there are findings */
    static KeyLog fold(String key, List<LogEvent> events, List<Finding> findings) {
        var log = new KeyLog();
        log.states.add(Connector.ABSENT);
        boolean whole = true;
        int begin = 0;
        for (int i = 0; i < events.size(); i++) {
            LogEvent event = events.get(i);
            if (event.revision() != i + 1) {
                findings.add(new Finding(
                        Flaw.LOG_BROKEN, key, "revision " + event.revision() + " where " + (i + 1) + " is due"));
                whole = false;
            }
            if (!event.commandId().equals(events.get(begin).commandId())) {
                begin = i;
            }
            log.states.add(log.state(i).after(event.event(), event.targetState(), event.config(), i + 1));
            log.note(event, begin, i + 1, findings);
        }
        return whole ? log : null;
    }

    private void note(LogEvent event, int before, int after, List<Finding> findings) {
        Effect earlier = effects.get(event.commandId());
        if (Connector.isStep(event.event())) {
            if (earlier == null) {
                effects.put(event.commandId(), new Effect(event, before, after));
            } else {
                findings.add(new Finding(
                        Flaw.DUPLICATE_EVENTS,
                        event.key(),
                        event.commandId() + " made " + earlier.step() + " and " + event));
            }
        } else if (earlier != null && earlier.after() == after - 1) {
            effects.put(event.commandId(), new Effect(earlier.step(), earlier.before(), after));
        }
    }

    int last() {
        return states.size() - 1;
    }

    Connector state(int revision) {
        return states.get(revision);
    }

    /** @return null when no step in the log comes from it */
    Effect effect(String commandId) {
        return effects.get(commandId);
    }

    Map<String, Effect> effects() {
        return effects;
    }
}
