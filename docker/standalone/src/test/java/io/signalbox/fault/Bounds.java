package io.signalbox.fault;

import io.signalbox.fault.KeyLog.Effect;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Between which revisions something can have its place, because of the commands whose places the log itself says. */
final class Bounds {

    private final int last;
    private final TreeMap<Long, Effect> byOffset = new TreeMap<>();
    private final Map<Effect, Integer> partitions = new HashMap<>();
    /** By the time of asking: the first place that was made by what was asked for then or later. */
    private final TreeMap<Long, Integer> asked = new TreeMap<>();

    Bounds(Map<Call, Effect> effects, int last) {
        this.last = last;
        effects.forEach((call, effect) -> {
            asked.merge(call.invokedAt(), effect.before(), Math::min);
            if (call.position() != null) {
                byOffset.put(call.position().offset(), effect);
                partitions.put(effect, call.position().partition());
            }
        });
        int least = last;
        for (var each : asked.descendingMap().entrySet()) {
            least = Math.min(least, each.getValue());
            each.setValue(least);
        }
    }

    /** The place of what lies before it in the log. @param self the effect of what lies there; null for none */
    int behind(Position position, Effect self) {
        if (position == null) {
            return 0;
        }
        return byOffset.headMap(position.offset(), false).values().stream()
                .filter(effect -> effect != self)
                .mapToInt(Effect::after)
                .max()
                .orElse(0);
    }

    /** The last place that it can have: before what was asked for after its end, and before what lies behind it in the log. */
    int most(Call call) {
        var later = asked.higherEntry(call.completedAt());
        int most = later == null ? last : later.getValue();
        if (call.position() != null) {
            for (Effect behind :
                    byOffset.tailMap(call.position().offset(), false).values()) {
                most = Math.min(most, behind.before());
            }
        }
        return most;
    }

    /** The place of what a token covers. */
    int covered(Position token) {
        return byOffset.headMap(token.offset(), true).values().stream()
                .filter(effect -> partitions.get(effect) == token.partition())
                .mapToInt(Effect::after)
                .max()
                .orElse(0);
    }
}
