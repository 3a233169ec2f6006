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
import io.signalbox.processor.domain.Event.OperationEnded;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.Places;
import io.signalbox.processor.domain.QuotaKey;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.domain.Rejection;
import io.signalbox.processor.domain.RejectionCode;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.schemas.CloudEvent;
import io.signalbox.schemas.UndecodableException;
import java.time.Duration;
import java.time.Instant;
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
        readable.foreseenBy(new Foresight(connectors, outcomes, places));
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
        long offset = metadata().offset();
        readable.begins(offset);
        boolean awaited = handle(in);
        readable.reached(offset + 1);
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
            case Command.RequestPlaces c -> {
                // The caller waits elsewhere, and so do those who come after him.
                open.pace().hurryForOthers();
                books.request((QuotaKey) envelope.key(), envelope.id(), c, offset);
            }
            case Command.ReportPlaces c -> books.report((QuotaKey) envelope.key(), c, offset);
            case Command.CountPlaces c -> places.count((QuotaKey) envelope.key(), c, offset);
            case Command.DecidePlaces c -> {
                open.pace().hurryForOthers();
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
        var decided = Decided.of(aggregate, envelope, place(in));
        if (decided.rejection() != null) {
            conclude(aggregate, decided, in);
            concluded(envelope, Places.NONE, reply);
        } else {
            takePlaces(aggregate, decided, in, reply);
        }
    }

    private <S> void takePlaces(
            Aggregate<S> aggregate, Decided<S> decided, Record<byte[], byte[]> in, PlaceGuard.Reply reply) {
        var envelope = decided.envelope();
        if (!places.watches(envelope.key())) {
            apply(aggregate, decided, in);
            concluded(envelope, Places.NONE, reply);
            return;
        }
        var had = aggregate.places(decided.before());
        var takes = aggregate.places(decided.after());
        switch (places.judge(envelope, takes.beyond(had), reply)) {
            case GO_ON -> {
                apply(aggregate, decided, in);
                concluded(envelope, takes.minus(had), reply);
            }
            case REFUSE -> {
                conclude(aggregate, decided.refused(reply.rejection()), in);
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

    private <S> void apply(Aggregate<S> aggregate, Decided<S> decided, Record<byte[], byte[]> in) {
        var envelope = decided.envelope();
        var events = decided.events();
        if (!events.isEmpty()) {
            aggregate.save(envelope.key().toString(), decided.before(), decided.after(), events);
            readable.stored(decided.place().offset() + 1);
        }
        // Whoever waits can read it now; what is left to do is for others.
        finishOperations(aggregate, decided, in);
        conclude(aggregate, decided, in);
        if (!events.isEmpty()) {
            if (decided.after() instanceof ConnectorState state) {
                desired.decided(context.taskId().partition(), state, in.timestamp());
            }
            events.forEach(event -> append(event, in));
            if (aggregate.table() != null) {
                byte[] row = Patience.withRegistry(() -> aggregate.snapshot(decided.after()));
                forward(aggregate.table(), in.key(), row, in.timestamp());
            }
        }
        if (envelope.command().answered()) {
            faults.reached(FaultPoints.APPENDED, envelope.id());
        }
    }

    private void append(RecordedEvent event, Record<byte[], byte[]> in) {
        byte[] value = Patience.withRegistry(() -> codecs.events().value(event.event()));
        context.forward(
                new Record<>(in.key(), value, in.timestamp(), codecs.events().headers(event)),
                ConnectorTopology.TO_LIFECYCLE);
    }

    private <S> void conclude(Aggregate<S> aggregate, Decided<S> decided, Record<byte[], byte[]> in) {
        var envelope = decided.envelope();
        if (envelope.command().answered()) {
            faults.reached(FaultPoints.BEFORE_ANSWER, envelope.id());
            tell(decided.outcome(aggregate), replyTo(in));
        }
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
    private <S> void finishOperations(Aggregate<S> aggregate, Decided<S> decided, Record<byte[], byte[]> in) {
        var key = decided.envelope().key();
        for (RecordedEvent recorded : decided.events()) {
            if (recorded.event() instanceof OperationEnded done) {
                var stage = done.succeeded() ? Stage.APPLIED : Stage.FAILED;
                var blank = place(in).outcome(done.operationId(), key, stage, null, done.message(), false);
                var asked = outcomes.find(key.toString(), done.operationId(), blank.at());
                // Whoever ended it is not who asked for it.
                tell(aggregate.outcome(blank.withStatus(done.status()).of(asked), decided.after()), null);
            }
        }
    }

    /** Not remembered: what its id was used for before, is. */
    private CommandOutcome reused(CommandEnvelope envelope, Record<byte[], byte[]> in) {
        var why = new Rejection(
                RejectionCode.ID_REUSED, "Command id " + envelope.id() + " was used before, for another request");
        return place(in).outcome(envelope.id(), envelope.key(), Stage.REJECTED, why, null, false);
    }

    private LogPlace place(Record<byte[], byte[]> in) {
        var at = metadata();
        return new LogPlace(at.partition(), at.offset(), Instant.ofEpochMilli(in.timestamp()));
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
