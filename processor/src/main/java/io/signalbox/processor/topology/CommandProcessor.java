package io.signalbox.processor.topology;

import io.signalbox.processor.codec.Codecs;
import io.signalbox.processor.domain.AccessKeyId;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Decision;
import io.signalbox.processor.domain.Event.AccessKeyCreated;
import io.signalbox.processor.domain.Event.ClusterRegistered;
import io.signalbox.processor.domain.Event.ConnectorCreated;
import io.signalbox.processor.domain.Event.OperationEnded;
import io.signalbox.processor.domain.Event.PipelineCreated;
import io.signalbox.processor.domain.Event.SecretCreated;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.Places;
import io.signalbox.processor.domain.QuotaKey;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.domain.Rejection;
import io.signalbox.processor.domain.RejectionCode;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.schemas.CloudEvent;
import io.signalbox.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a command on its owner: dedupe, decide, fold, answer, append; under a quota, ask for places before the third. */
final class CommandProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(CommandProcessor.class);

    /** What partitions tell each other takes milliseconds; what takes longer may be lost, and is told again. */
    private static final Duration REMIND = Duration.ofSeconds(2);

    private final Codecs codecs;
    private final OpenPartitions open;
    private final Answers answers;
    private final FollowUps followUps;
    private final DesiredStates desired;
    private final PromptCommit commits;
    private final FaultPoints faults;
    private ProcessorContext<byte[], byte[]> context;
    private ConnectorAggregate connectors;
    private ClusterAggregate clusters;
    private AccessKeyAggregate accessKeys;
    private SecretAggregate secrets;
    private QuotaAggregate quotas;
    private PipelineAggregate pipelines;
    private QuotaBooks books;
    private PlaceGuard places;
    private OutcomeStore outcomes;
    private OpenPartition readable;

    CommandProcessor(
            Codecs codecs,
            OpenPartitions open,
            Answers answers,
            FollowUps followUps,
            DesiredStates desired,
            PromptCommit commits,
            FaultPoints faults) {
        this.codecs = codecs;
        this.open = open;
        this.answers = answers;
        this.followUps = followUps;
        this.desired = desired;
        this.commits = commits;
        this.faults = faults;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        readable = open.open(context.taskId().partition(), TaskStores.of(context::getStateStore));
        connectors = new ConnectorAggregate(context, readable, codecs.connectorStates(), codecs.topics());
        clusters = new ClusterAggregate(context, codecs.clusterStates(), codecs.topics());
        accessKeys = new AccessKeyAggregate(context, codecs.accessKeys(), codecs.topics());
        secrets = new SecretAggregate(context, codecs.storedSecrets(), codecs.topics());
        pipelines = new PipelineAggregate(context, codecs.pipelines(), codecs.topics());
        outcomes = new OutcomeStore(context.getStateStore(StoreName.OUTCOMES));
        openQuotas();
    }

    private void openQuotas() {
        var store = new QuotaStore(context.getStateStore(StoreName.QUOTAS));
        quotas = new QuotaAggregate(store);
        books = new QuotaBooks(store, followUps);
        places = new PlaceGuard(
                store,
                readable.connectors(),
                codecs.commands(),
                followUps,
                context.taskId().partition());
        books.opened();
        places.opened();
        context.schedule(REMIND, PunctuationType.WALL_CLOCK_TIME, now -> {
            books.remind();
            places.remind();
        });
    }

    @Override
    public void close() {
        open.closed(context.taskId().partition(), readable);
    }

    @Override
    public void process(Record<byte[], byte[]> in) {
        boolean awaited = handle(in);
        readable.reached(metadata().offset() + 1);
        commits.processed(context, awaited);
    }

    /** @return whether other replicas wait for it */
    private boolean handle(Record<byte[], byte[]> in) {
        CommandEnvelope envelope;
        try {
            envelope = Patience.withRegistry(() -> codecs.commands().decode(in.key(), in.value(), in.headers()));
        } catch (UndecodableException e) {
            bury(in, e.getMessage());
            return false;
        }
        faults.reached(FaultPoints.AFTER_PRODUCE, envelope.id());
        if (envelope.command() instanceof Command.OfPlaces command) {
            follow(command, envelope, in);
            return false;
        }
        switch (envelope.key()) {
            case ConnectorKey key -> {
                runUnlessHeld(envelope, in);
                return false;
            }
            case ClusterKey key -> run(clusters, envelope, in);
            case AccessKeyId key -> run(accessKeys, envelope, in);
            case SecretId key -> run(secrets, envelope, in);
            case PipelineKey key -> run(pipelines, envelope, in);
            case QuotaKey key -> {
                run(quotas, envelope, in);
                books.limits(key, metadata().offset());
            }
        }
        // These are in tables that every replica reads, and the caller's next request may rest on them. A conductor
        // waits, too.
        return envelope.command().answered() || envelope.key() instanceof PipelineKey;
    }

    /** What one partition tells another about places. */
    private void follow(Command.OfPlaces command, CommandEnvelope envelope, Record<byte[], byte[]> in) {
        long offset = metadata().offset();
        switch (command) {
            case Command.RequestPlaces c -> books.request((QuotaKey) envelope.key(), envelope.id(), c, offset);
            case Command.ReportPlaces c -> books.report((QuotaKey) envelope.key(), c, offset);
            case Command.CountPlaces c -> places.count((QuotaKey) envelope.key(), c, offset);
            case Command.DecidePlaces c -> {
                var held = places.held(envelope.key(), envelope.id());
                if (held != null && held.asked() == c.asked()) {
                    decide(connectors, places.command(held), in, new PlaceGuard.Reply(held, c.refusal()));
                } else if (held == null && c.refusal() == null) {
                    places.notNeeded((ConnectorKey) envelope.key(), envelope.id(), offset);
                }
            }
        }
    }

    /** One that waits for its environment's quota is told when it is decided, whoever asks for it again. */
    private void runUnlessHeld(CommandEnvelope envelope, Record<byte[], byte[]> in) {
        var held = places.held(envelope.key(), envelope.id());
        if (held == null) {
            run(connectors, envelope, in);
        } else if (held.is(envelope)) {
            places.askAgain(held);
        } else {
            answers.answer(reused(envelope, in), replyTo(in));
        }
    }

    private <S> void run(Aggregate<S> aggregate, CommandEnvelope envelope, Record<byte[], byte[]> in) {
        var key = envelope.key().toString();
        if (envelope.command().answered()) {
            var earlier = outcomes.find(key, envelope.id(), Instant.ofEpochMilli(in.timestamp()));
            if (earlier != null) {
                answers.answer(earlier.answers(envelope) ? earlier : reused(envelope, in), replyTo(in));
                return;
            }
        }
        decide(aggregate, envelope, in, null);
    }

    /** @param reply of its environment's quota; null when that was not asked */
    private <S> void decide(
            Aggregate<S> aggregate, CommandEnvelope envelope, Record<byte[], byte[]> in, PlaceGuard.Reply reply) {
        S before = aggregate.load(envelope.key().toString());
        switch (aggregate.decide(before, envelope, Instant.ofEpochMilli(in.timestamp()))) {
            case Decision.Rejected refused -> {
                conclude(aggregate, envelope, in, Stage.REJECTED, refused.rejection(), List.of(), before);
                concluded(envelope, Places.NONE, reply);
            }
            case Decision.Accepted accepted -> {
                var events = record(accepted, envelope, aggregate.revision(before), in.timestamp());
                S after = before;
                for (RecordedEvent event : events) {
                    after = aggregate.fold(after, event);
                }
                takePlaces(aggregate, envelope, in, reply, events, before, after);
            }
        }
    }

    private <S> void takePlaces(
            Aggregate<S> aggregate,
            CommandEnvelope envelope,
            Record<byte[], byte[]> in,
            PlaceGuard.Reply reply,
            List<RecordedEvent> events,
            S before,
            S after) {
        if (!places.watches(envelope.key())) {
            apply(aggregate, envelope, in, events, before, after);
            concluded(envelope, Places.NONE, reply);
            return;
        }
        var had = aggregate.places(before);
        var takes = aggregate.places(after);
        switch (places.judge(envelope, takes.beyond(had), reply)) {
            case GO_ON -> {
                apply(aggregate, envelope, in, events, before, after);
                concluded(envelope, takes.minus(had), reply);
            }
            case REFUSE -> {
                conclude(aggregate, envelope, in, Stage.REJECTED, reply.rejection(), List.of(), before);
                concluded(envelope, Places.NONE, reply);
            }
            case ASK ->
                places.hold(envelope, takes.beyond(had), reply, in, metadata().offset());
        }
    }

    private void concluded(CommandEnvelope envelope, Places more, PlaceGuard.Reply reply) {
        if (reply != null || !more.equals(Places.NONE)) {
            places.concluded(envelope.key(), more, reply, metadata().offset());
        }
    }

    private <S> void apply(
            Aggregate<S> aggregate,
            CommandEnvelope envelope,
            Record<byte[], byte[]> in,
            List<RecordedEvent> events,
            S before,
            S after) {
        if (!events.isEmpty()) {
            aggregate.save(envelope.key().toString(), before, after, events);
        }
        // Whoever waits can read it now; what is left to do is for others.
        finishOperations(aggregate, envelope, in, events, after);
        conclude(aggregate, envelope, in, Stage.ACCEPTED, null, events, after);
        if (!events.isEmpty()) {
            if (after instanceof ConnectorState state) {
                desired.decided(context.taskId().partition(), state, in.timestamp());
            }
            events.forEach(event -> append(event, in));
            if (aggregate.table() != null) {
                byte[] row = Patience.withRegistry(() -> aggregate.snapshot(after));
                forward(aggregate.table(), in.key(), row, in.timestamp());
            }
        }
        if (envelope.command().answered()) {
            faults.reached(FaultPoints.APPENDED, envelope.id());
        }
    }

    private static List<RecordedEvent> record(
            Decision.Accepted accepted, CommandEnvelope envelope, long revision, long timestamp) {
        List<RecordedEvent> events = new ArrayList<>();
        for (var event : accepted.events()) {
            long number = revision + events.size() + 1;
            var name = envelope.key() + "\0" + envelope.id() + "\0" + number;
            var id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                    .toString();
            events.add(new RecordedEvent(
                    id,
                    envelope.key(),
                    number,
                    Instant.ofEpochMilli(timestamp),
                    envelope.id(),
                    envelope.actor(),
                    event,
                    envelope.origin()));
        }
        return events;
    }

    private void append(RecordedEvent event, Record<byte[], byte[]> in) {
        byte[] value = Patience.withRegistry(() -> codecs.events().value(event.event()));
        context.forward(
                new Record<>(in.key(), value, in.timestamp(), codecs.events().headers(event)),
                ConnectorTopology.TO_LIFECYCLE);
    }

    private <S> void conclude(
            Aggregate<S> aggregate,
            CommandEnvelope envelope,
            Record<byte[], byte[]> in,
            Stage stage,
            Rejection rejection,
            List<RecordedEvent> events,
            S after) {
        if (!envelope.command().answered()) {
            return;
        }
        boolean created = events.stream()
                .anyMatch(e -> e.event() instanceof ConnectorCreated
                        || e.event() instanceof ClusterRegistered
                        || e.event() instanceof AccessKeyCreated
                        || e.event() instanceof SecretCreated
                        || e.event() instanceof PipelineCreated);
        faults.reached(FaultPoints.BEFORE_ANSWER, envelope.id());
        var blank = blank(envelope.id(), envelope, in, stage, rejection, null, created)
                .of(envelope);
        var outcome = stage == Stage.REJECTED ? blank : aggregate.outcome(blank, after);
        tell(outcome, replyTo(in));
    }

    /** Remembered after it was told: whoever asks again comes later in the log, and so is told the same. */
    private void tell(CommandOutcome outcome, String replyTo) {
        answers.answer(outcome, replyTo);
        outcomes.put(outcome);
    }

    private static String replyTo(Record<byte[], byte[]> in) {
        return CloudEvent.REPLYTO.read(in.headers());
    }

    /** The second answer of an operation goes to whoever asked for it, under the id of that command. */
    private <S> void finishOperations(
            Aggregate<S> aggregate,
            CommandEnvelope envelope,
            Record<byte[], byte[]> in,
            List<RecordedEvent> events,
            S after) {
        for (RecordedEvent recorded : events) {
            if (recorded.event() instanceof OperationEnded done) {
                var stage = done.succeeded() ? Stage.APPLIED : Stage.FAILED;
                var blank = blank(done.operationId(), envelope, in, stage, null, done.message(), false);
                var asked = outcomes.find(envelope.key().toString(), done.operationId(), blank.at());
                // Whoever ended it is not who asked for it.
                tell(aggregate.outcome(blank.withStatus(done.status()).of(asked), after), null);
            }
        }
    }

    /** Not remembered: what its id was used for before, is. */
    private CommandOutcome reused(CommandEnvelope envelope, Record<byte[], byte[]> in) {
        var why = new Rejection(
                RejectionCode.ID_REUSED, "Command id " + envelope.id() + " was used before, for another request");
        return blank(envelope.id(), envelope, in, Stage.REJECTED, why, null, false);
    }

    private CommandOutcome blank(
            String commandId,
            CommandEnvelope envelope,
            Record<byte[], byte[]> in,
            Stage stage,
            Rejection rejection,
            String message,
            boolean created) {
        var at = metadata();
        return new CommandOutcome(
                commandId,
                envelope.key(),
                stage,
                rejection,
                message,
                created,
                at.partition(),
                at.offset(),
                Instant.ofEpochMilli(in.timestamp()),
                null,
                null);
    }

    private void forward(String sink, byte[] key, byte[] value, long timestamp) {
        context.forward(new Record<>(key, value, timestamp), sink);
    }

    private void bury(Record<byte[], byte[]> in, String reason) {
        var at = metadata();
        LOG.warn(
                "topic={} partition={} offset={} action=dead-letter reason=\"{}\"",
                at.topic(),
                at.partition(),
                at.offset(),
                reason);
        context.forward(DeadLetter.of(in, at, reason), ConnectorTopology.TO_DEAD_LETTER);
    }

    private RecordMetadata metadata() {
        return context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("A command without a place in the log"));
    }
}
