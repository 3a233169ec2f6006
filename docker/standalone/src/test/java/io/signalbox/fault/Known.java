package io.signalbox.fault;

import io.signalbox.fault.Operation.Result;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** What the clients of a load have learnt of its connectors from the answers: for conditions and tokens that make sense. */
final class Known {

    private final Map<String, String> tags = new ConcurrentHashMap<>();
    private final Map<String, Position> positions = new ConcurrentHashMap<>();

    void learn(Operation done) {
        Seen seen = done.seen();
        if (done.result() == Result.OK && seen != null) {
            if (seen.revision() != null) {
                tags.put(done.key(), seen.revision().toString());
            } else if (seen.configRevision() != null) {
                tags.put(done.key(), "config-" + seen.configRevision());
            }
        }
        if (done.position() != null) {
            positions.merge(done.key(), Position.of(done.position()), (a, b) -> a.covers(b) ? a : b);
        }
    }

    /** The tag last seen, current or not; null when none was. */
    String tag(String key) {
        return tags.get(key);
    }

    /** The latest position of a command to it, as a token; null when there is none. */
    String token(String key) {
        Position position = positions.get(key);
        return position == null ? null : position.partition() + ":" + position.offset();
    }

    OptionalInt partition(String key) {
        Position position = positions.get(key);
        return position == null ? OptionalInt.empty() : OptionalInt.of(position.partition());
    }
}
