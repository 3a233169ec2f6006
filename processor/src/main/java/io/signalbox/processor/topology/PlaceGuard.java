package io.signalbox.processor.topology;

import io.signalbox.processor.codec.CommandCodec;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.Command.CountPlaces;
import io.signalbox.processor.domain.Command.ReportPlaces;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.FollowUp;
import io.signalbox.processor.domain.GuardedEnvironment;
import io.signalbox.processor.domain.HeldCommand;
import io.signalbox.processor.domain.Places;
import io.signalbox.processor.domain.QuotaKey;
import io.signalbox.processor.domain.Rejection;
import io.signalbox.processor.domain.RejectionCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The partition's side of its connectors: sees to it that none takes more of its environment's quota before that was asked,
 * and tells the quota what is taken here. What it keeps in memory follows from the stores. For an environment without a
 * quota it costs one look into an empty map.
 */
final class PlaceGuard {

    /** What the quota said to a command that waited for it. @param refusal null when the places are reserved */
    record Reply(HeldCommand held, String refusal) {

        boolean granted() {
            return refusal == null;
        }

        Rejection rejection() {
            return new Rejection(RejectionCode.QUOTA_EXCEEDED, refusal);
        }
    }

    /** How many reminders there are between one repetition of a report and the next: a minute. */
    private static final int REPEAT = 30;

    /** What is to be done with a command that is legal by itself. */
    enum Verdict {
        GO_ON,
        ASK,
        REFUSE
    }

    /** @param used what is taken here; null until somebody wants to know */
    private record Guarded(long count, Places used) {}

    /** @param age how many reminders ago it was told for the first time */
    private record Told(FollowUp report, int age) {

        /** Soon, because it takes seconds to notice; and then for ever, because nobody acknowledges it. */
        boolean due() {
            return age == 1 || age % REPEAT == 0;
        }
    }

    private final QuotaStore store;
    private final ReadOnlyKeyValueStore<String, ConnectorState> connectors;
    private final CommandCodec codec;
    private final FollowUps followUps;
    private final int partition;
    private final Map<String, Guarded> guarded = new ConcurrentHashMap<>();
    private final Map<String, Told> told = new HashMap<>();

    /** The ids of the commands that wait; they themselves are in the store, because nobody knows how many and how long they are. */
    private final Map<ConnectorKey, Set<String>> held = new ConcurrentHashMap<>();

    /** Which requests were open when it was last looked at. */
    private Set<FollowUp> open = Set.of();

    PlaceGuard(
            QuotaStore store,
            ReadOnlyKeyValueStore<String, ConnectorState> connectors,
            CommandCodec codec,
            FollowUps followUps,
            int partition) {
        this.store = store;
        this.connectors = connectors;
        this.codec = codec;
        this.followUps = followUps;
        this.partition = partition;
        store.guarded().forEach(each -> guarded.put(each.environment(), new Guarded(each.count(), null)));
        store.eachHeld(this::remember);
    }

    /** What was under way when the partition came here may have been lost: all is asked, and told, again. */
    void opened() {
        // Through the log, so that what is told has its place in it.
        guarded.forEach((environment, known) ->
                followUps.append(FollowUp.count(new QuotaKey(environment), partition, known.count(), true)));
        requests().forEach(followUps::append);
    }

    /** What has been asked since the last time is asked again, and what was told last is told again. */
    void remind() {
        var still = requests();
        still.stream().filter(open::contains).forEach(followUps::append);
        open = still;
        told.replaceAll((environment, last) -> new Told(last.report(), last.age() + 1));
        told.values().stream().filter(Told::due).map(Told::report).forEach(followUps::append);
    }

    private Set<FollowUp> requests() {
        Set<FollowUp> all = new HashSet<>();
        if (!held.isEmpty()) {
            store.eachHeld(command -> all.add(command.request()));
        }
        return all;
    }

    /** Whether places of this one are to be looked at. */
    boolean watches(AggregateKey key) {
        return !guarded.isEmpty() && key instanceof ConnectorKey && guarded.containsKey(key.environment());
    }

    /** Whether it has a say in what becomes of commands of this connector. Safe for use by other threads than the partition's. */
    boolean concerns(ConnectorKey key) {
        return watches(key) || held.containsKey(key);
    }

    /** @return null when no such command waits */
    HeldCommand held(AggregateKey key, String commandId) {
        return !held.isEmpty() && held.getOrDefault(key, Set.of()).contains(commandId)
                ? store.held((ConnectorKey) key, commandId)
                : null;
    }

    /** Somebody asks for the same again: the quota is asked again, too. */
    void askAgain(HeldCommand command) {
        followUps.append(command.request());
    }

    /**
     * @param needed what it would take beyond what is there
     * @param reply null when the quota was not asked
     */
    Verdict judge(CommandEnvelope envelope, Places needed, Reply reply) {
        if (needed.equals(Places.NONE)
                || envelope.command() instanceof Command.Observation
                || reply != null
                        && reply.granted()
                        && needed.within(reply.held().wanted())) {
            return Verdict.GO_ON;
        }
        // What it needs may have changed while it waited.
        return reply != null && !reply.granted() && needed.equals(reply.held().wanted()) ? Verdict.REFUSE : Verdict.ASK;
    }

    /**
     * Puts a command away until the quota has answered.
     *
     * @param in its record, if it was not put away before
     */
    void hold(CommandEnvelope envelope, Places needed, Reply reply, Record<byte[], byte[]> in, long offset) {
        var command =
                reply == null ? of(envelope, needed, in, offset) : reply.held().again(offset, needed);
        store.put(command);
        remember(command);
        followUps.append(command.request());
    }

    private static HeldCommand of(CommandEnvelope envelope, Places needed, Record<byte[], byte[]> in, long offset) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : in.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return new HeldCommand(
                (ConnectorKey) envelope.key(),
                envelope.id(),
                envelope.command().getClass().getSimpleName(),
                envelope.actor(),
                offset,
                needed,
                headers,
                Base64.getEncoder().encodeToString(in.value()));
    }

    /** The command that was put away. */
    CommandEnvelope command(HeldCommand command) {
        var headers = new RecordHeaders();
        command.headers().forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        byte[] key = command.key().toString().getBytes(StandardCharsets.UTF_8);
        byte[] value = Base64.getDecoder().decode(command.value());
        return Patience.withRegistry(() -> codec.decode(key, value, headers));
    }

    /**
     * A command is decided, and what follows from it is saved.
     *
     * @param more what its connector takes more than before; negative where it takes less
     * @param reply null when the quota was not asked
     */
    void concluded(AggregateKey key, Places more, Reply reply, long offset) {
        if (reply != null) {
            store.release(reply.held());
            forget(reply.held());
        }
        boolean changed = !more.equals(Places.NONE);
        if (changed) {
            guarded.computeIfPresent(
                    key.environment(),
                    (environment, known) -> known.used() == null
                            ? known
                            : new Guarded(known.count(), known.used().plus(more)));
        }
        if (reply != null && reply.granted()) {
            report(key.environment(), (ConnectorKey) key, reply.held().commandId(), offset);
        } else if (changed) {
            report(key.environment(), null, null, offset);
        }
    }

    /** The quota promised something to a command that does not wait any more: it need not be kept. */
    void notNeeded(ConnectorKey key, String commandId, long offset) {
        report(key.environment(), key, commandId, offset);
    }

    /** The quota wants to know what is taken here, and to be asked from now on; or not to be asked any more. */
    void count(QuotaKey key, CountPlaces command, long offset) {
        String environment = key.environment();
        var known = guarded.get(environment);
        if (known != null && command.count() < known.count()) {
            return;
        }
        if (!command.guarded()) {
            if (known != null) {
                guarded.remove(environment);
                told.remove(environment);
                store.unguard(environment);
            }
            return;
        }
        if (known == null || known.count() != command.count()) {
            store.put(new GuardedEnvironment(environment, command.count()));
            guarded.put(environment, new Guarded(command.count(), known == null ? null : known.used()));
        }
        report(environment, null, null, offset);
    }

    private void report(String environment, ConnectorKey connector, String commandId, long offset) {
        var known = guarded.computeIfPresent(
                environment, (name, each) -> each.used() == null ? new Guarded(each.count(), taken(name)) : each);
        var report = known == null
                ? new ReportPlaces(partition, offset, -1, Places.NONE, connector, commandId)
                : new ReportPlaces(partition, offset, known.count(), known.used(), connector, commandId);
        var followUp = FollowUp.report(new QuotaKey(environment), report);
        if (known != null) {
            told.put(environment, new Told(followUp, 0));
        }
        followUps.append(followUp);
    }

    private Places taken(String environment) {
        var sum = Places.NONE;
        // What follows "/" is "0".
        try (var all = connectors.range(environment + "/", environment + "0")) {
            while (all.hasNext()) {
                sum = sum.plus(Places.of(all.next().value));
            }
        }
        return sum;
    }

    private void remember(HeldCommand command) {
        held.computeIfAbsent(command.key(), key -> new HashSet<>()).add(command.commandId());
    }

    private void forget(HeldCommand command) {
        held.computeIfPresent(command.key(), (key, ids) -> {
            ids.remove(command.commandId());
            return ids.isEmpty() ? null : ids;
        });
    }
}
