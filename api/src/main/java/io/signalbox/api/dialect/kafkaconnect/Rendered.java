package io.signalbox.api.dialect.kafkaconnect;

import io.signalbox.processor.domain.ConnectorState;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What was made of a state lately, by the state's own object, which is the same for as long as its partition has it at hand.
 * {@value #PLACES} places, two for each state, and no order among them: whatever keeps one costs more than half of what is saved here.
 */
final class Rendered {

    private static final int PLACES = 4_096;

    /** A state of more is made anew each time. */
    private static final int LARGEST = 4_096;

    private record Answer(ConnectorState state, byte[] json) {}

    private final AtomicReferenceArray<Answer> answers = new AtomicReferenceArray<>(PLACES);

    /** @return null when it has to be made */
    byte[] of(ConnectorState state) {
        int place = place(state);
        var answer = answers.get(place);
        if (answer == null || answer.state != state) {
            answer = answers.get(second(place));
        }
        return answer != null && answer.state == state ? answer.json : null;
    }

    /** In the place of another one, which moves to its second. */
    void put(ConnectorState state, byte[] json) {
        if (json.length <= LARGEST) {
            int place = place(state);
            var before = answers.getAndSet(place, new Answer(state, json));
            if (before != null && before.state != state) {
                answers.set(second(place), before);
            }
        }
    }

    /** So that of some hundreds that are read all the time hardly two push each other out. */
    private static int second(int place) {
        return place ^ 1;
    }

    private static int place(ConnectorState state) {
        return System.identityHashCode(state) % PLACES;
    }
}
