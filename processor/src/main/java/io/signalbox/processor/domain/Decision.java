package io.signalbox.processor.domain;

import java.util.List;

/** What the rules make of a command: events (none, if it asked for what already is), or a rejection. */
public sealed interface Decision {

    record Accepted(List<Event> events) implements Decision {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    record Rejected(Rejection rejection) implements Decision {}

    static Decision accept(Event... events) {
        return new Accepted(List.of(events));
    }

    static Decision accept(List<Event> events) {
        return new Accepted(events);
    }

    static Decision reject(RejectionCode code, String message) {
        return new Rejected(new Rejection(code, message));
    }
}
