package io.signalbox.api.http;

import io.signalbox.api.access.AccessKeys;
import io.signalbox.api.command.CommandGateway;
import io.signalbox.api.query.Clusters;
import io.signalbox.api.query.ConnectorQueries;
import io.signalbox.api.query.HistoryPage;
import io.signalbox.api.query.KeyUse;
import io.signalbox.api.query.KnownOffsets;
import io.signalbox.api.query.Moment;
import io.signalbox.api.query.Pipelines;
import io.signalbox.api.query.QuotaSeen;
import io.signalbox.api.query.Reading;
import io.signalbox.api.query.Selection;
import io.signalbox.api.query.Then;
import io.signalbox.processor.domain.AccessKey;
import io.signalbox.processor.domain.AccessKeyDecider;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.ClusterDecider;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.CommandOutcome.Stage;
import io.signalbox.processor.domain.ConnectorDecider;
import io.signalbox.processor.domain.ConnectorFold;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Decision;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.domain.PipelineDecider;
import io.signalbox.processor.domain.PipelineFold;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.QuotaKey;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.domain.Rejection;
import io.signalbox.processor.domain.RejectionCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The log, the processor and the stores in memory: the real rules and the real fold, without Kafka. For tests. */
public final class InMemoryLog implements CommandGateway, ConnectorQueries, Clusters {

    private final List<CommandEnvelope> commands = new ArrayList<>();
    private final Set<String> newIds = new HashSet<>();
    private final List<RecordedEvent> events = new ArrayList<>();
    private final Map<String, CommandOutcome> outcomes = new HashMap<>();
    private final Map<String, ConnectorState> connectors = new TreeMap<>();
    private final Map<String, ClusterState> clusters = new TreeMap<>();
    private final Map<String, AccessKey> accessKeys = new TreeMap<>();
    private final InMemorySecrets secrets = new InMemorySecrets();
    private final Map<String, PipelineState> pipelines = new TreeMap<>();
    private final InMemoryQuotas quotas = new InMemoryQuotas();
    private final List<Runnable> beforeNext = new ArrayList<>();
    private final List<Consumer<RecordedEvent>> listeners = new ArrayList<>();
    private RuntimeException broken;
    private RuntimeException clustersBroken;
    private int lists;
    private final InMemoryPast past = new InMemoryPast();
    private Duration passed = Duration.ZERO;
    private Stage operationsEnd = Stage.APPLIED;
    private Integer status;
    private String operationsSay;

    /** From now on sending and reading fail; null: no more. */
    public synchronized void breakWith(RuntimeException with) {
        broken = with;
    }

    /** The same for looking at the registered clusters. */
    public synchronized void breakClustersWith(RuntimeException with) {
        clustersBroken = with;
    }

    /** What becomes of operations that are waited for. */
    public synchronized void operationsEnd(Stage stage) {
        operationsEnd = stage;
    }

    /** What the data plane says in the end, and under which status if it fails; null for no answer at all. */
    public synchronized void operationsEnd(Stage stage, Integer httpStatus, String words) {
        operationsEnd = stage;
        status = httpStatus;
        operationsSay = words;
    }

    /** Lets something happen between a request's read and its command, once. */
    public synchronized void beforeNextCommand(Runnable happens) {
        beforeNext.add(happens);
    }

    /** How often connectors were listed. */
    public synchronized int lists() {
        return lists;
    }

    public synchronized List<CommandEnvelope> commands() {
        return List.copyOf(commands);
    }

    public synchronized List<RecordedEvent> events() {
        return List.copyOf(events);
    }

    /** Is told all events, those before, too. */
    public synchronized void listen(Consumer<RecordedEvent> listener) {
        events.forEach(listener);
        listeners.add(listener);
    }

    /** A report of the data plane, or anything else that is not asked for over HTTP. */
    public void tell(AggregateKey key, Command command) {
        submit(new CommandEnvelope("told-" + commands().size(), key, "reconciler@memory", command));
    }

    @Override
    public synchronized CommandOutcome submitAndAwait(CommandEnvelope envelope, Duration patience) {
        CommandOutcome first = submit(envelope);
        if (first.stage() != Stage.ACCEPTED || operationsEnd == Stage.ACCEPTED) {
            return first;
        }
        var key = envelope.key();
        var commandId = envelope.id();
        var now = connectors.get(key.toString());
        boolean asked =
                now != null && now.operations().stream().anyMatch(op -> op.id().equals(commandId));
        if (!asked) {
            return first;
        }
        boolean done = operationsEnd == Stage.APPLIED;
        tell(key, new Command.ReportOperation(now.uid(), commandId, done, operationsSay, done ? null : status, null));
        var last = new CommandOutcome(
                        commandId,
                        key,
                        operationsEnd,
                        null,
                        operationsSay,
                        false,
                        0,
                        first.offset(),
                        first.at(),
                        connectors.get(key.toString()),
                        null)
                .withStatus(done ? null : status)
                .of(first);
        outcomes.put(key + " " + commandId, last);
        return last;
    }

    /** Whatever a test is about: who looked for no earlier outcome must not have missed one. */
    @Override
    public synchronized CommandOutcome submitNew(CommandEnvelope envelope) {
        newIds.add(envelope.id());
        if (commands.stream().anyMatch(earlier -> earlier.id().equals(envelope.id()))) {
            throw new IllegalStateException("The id was there before: " + envelope.id());
        }
        return submit(envelope);
    }

    /** Which were said to be new. */
    public synchronized Set<String> newIds() {
        return Set.copyOf(newIds);
    }

    @Override
    public synchronized CommandOutcome submit(CommandEnvelope envelope) {
        var happening = List.copyOf(beforeNext);
        beforeNext.clear();
        happening.forEach(Runnable::run);
        requireWhole();
        commands.add(envelope);
        String once = envelope.key() + " " + envelope.id();
        CommandOutcome known = outcomes.get(once);
        if (known == null) {
            known = process(envelope).of(envelope);
            outcomes.put(once, known);
        }
        return known.answers(envelope)
                ? known
                : done(envelope, Stage.REJECTED, new Rejection(RejectionCode.ID_REUSED, "used before"), false);
    }

    private CommandOutcome process(CommandEnvelope envelope) {
        return switch (envelope.command()) {
            case Command.OfConnector c ->
                outcome(
                        envelope,
                        ConnectorDecider.decide(
                                connectors.get(envelope.key().toString()),
                                past.of(envelope.key().toString()),
                                envelope,
                                c,
                                now()));
            case Command.OfCluster c ->
                outcome(
                        envelope,
                        ClusterDecider.decide(clusters.get(envelope.key().toString()), envelope, c));
            case Command.OfAccessKey c ->
                outcome(
                        envelope,
                        AccessKeyDecider.decide(accessKeys.get(envelope.key().toString()), envelope, c));
            case Command.OfSecret c -> outcome(envelope, secrets.decide(envelope, c));
            case Command.OfQuota c -> outcome(envelope, quotas.decide(envelope, c));
            case Command.OfPipeline c ->
                outcome(
                        envelope,
                        PipelineDecider.decide(pipelines.get(envelope.key().toString()), envelope, c, now()));
            case Command.OfPlaces c -> throw new IllegalArgumentException("There is one partition here");
        };
    }

    private CommandOutcome outcome(CommandEnvelope envelope, Decision decision) {
        return switch (decision) {
            case Decision.Rejected r -> done(envelope, Stage.REJECTED, r.rejection(), false);
            case Decision.Accepted a
            when quotas.refusal(envelope, a.events(), connectors) != null ->
                done(
                        envelope,
                        Stage.REJECTED,
                        new Rejection(RejectionCode.QUOTA_EXCEEDED, quotas.refusal(envelope, a.events(), connectors)),
                        false);
            case Decision.Accepted a -> {
                a.events().forEach(event -> fold(envelope, event));
                yield done(envelope, Stage.ACCEPTED, null, a.events().stream().anyMatch(InMemoryLog::creates));
            }
        };
    }

    private static boolean creates(Event event) {
        return event instanceof Event.ConnectorCreated
                || event instanceof Event.ClusterRegistered
                || event instanceof Event.PipelineCreated;
    }

    private CommandOutcome done(CommandEnvelope envelope, Stage stage, Rejection rejection, boolean created) {
        String key = envelope.key().toString();
        boolean told = stage != Stage.REJECTED;
        return new CommandOutcome(
                envelope.id(),
                envelope.key(),
                stage,
                rejection,
                null,
                created,
                0,
                commands.size() - 1L,
                Instant.EPOCH,
                told ? connectors.get(key) : null,
                told ? clusters.get(key) : null,
                null,
                null,
                null,
                told ? pipelines.get(key) : null);
    }

    private void fold(CommandEnvelope envelope, Event event) {
        String key = envelope.key().toString();
        Instant at = now();
        switch (event) {
            case Event.OfConnector e -> {
                var now = connectors.get(key);
                var recorded = recorded(envelope, now == null ? 1 : now.revision() + 1, at, event);
                connectors.put(key, ConnectorFold.fold(now, recorded, e));
                past.add(recorded, connectors.get(key));
            }
            case Event.OfCluster e -> {
                var now = clusters.get(key);
                var recorded = recorded(envelope, now == null ? 1 : now.revision() + 1, at, event);
                clusters.put(key, ClusterDecider.fold(now, recorded, e));
            }
            case Event.OfAccessKey e -> {
                var now = accessKeys.get(key);
                var recorded = recorded(envelope, now == null ? 1 : now.revision() + 1, at, event);
                accessKeys.put(key, AccessKeyDecider.fold(now, recorded, e));
            }
            case Event.OfSecret e -> secrets.fold(recorded(envelope, secrets.next(envelope), at, event), e);
            case Event.OfPipeline e -> {
                var now = pipelines.get(key);
                var recorded = recorded(envelope, now == null ? 1 : now.revision() + 1, at, event);
                pipelines.put(key, PipelineFold.fold(now, recorded, e));
            }
            case Event.OfQuota e -> quotas.fold(recorded(envelope, quotas.next(envelope), at, event), e);
        }
    }

    private Instant now() {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(events.size()).plus(passed);
    }

    /** The log's clock moves on. */
    public synchronized void pass(Duration time) {
        passed = passed.plus(time);
    }

    private RecordedEvent recorded(CommandEnvelope envelope, long revision, Instant at, Event event) {
        var recorded = new RecordedEvent(
                envelope.id() + "-" + revision,
                envelope.key(),
                revision,
                at,
                envelope.id(),
                envelope.actor(),
                event,
                envelope.origin());
        events.add(recorded);
        listeners.forEach(listener -> listener.accept(recorded));
        return recorded;
    }

    /** As any reader sees it. */
    public Optional<ConnectorState> find(ConnectorKey key) {
        return find(key, Reading.usual());
    }

    @Override
    public synchronized Optional<ConnectorState> find(ConnectorKey key, Reading reading) {
        requireWhole();
        return Optional.ofNullable(connectors.get(key.toString()));
    }

    @Override
    public synchronized Optional<ObservedOffsets> offsets(ConnectorKey key, KnownOffsets which, Reading reading) {
        requireWhole();
        return past.offsets(key.toString(), which);
    }

    @Override
    public synchronized List<HistoryEntry> history(ConnectorKey key, HistoryPage page, Reading reading) {
        requireWhole();
        return past.page(key.toString(), page);
    }

    @Override
    public synchronized Optional<Then> then(ConnectorKey key, Moment moment, Reading reading) {
        requireWhole();
        return past.then(key.toString(), moment);
    }

    @Override
    public synchronized List<ConnectorState> list(ClusterKey cluster, Selection selection, Reading reading) {
        requireWhole();
        lists++;
        return connectors.values().stream()
                .filter(state -> state.key().clusterKey().equals(cluster))
                .filter(selection::has)
                .filter(state ->
                        selection.after() == null || state.key().connector().compareTo(selection.after()) > 0)
                .limit(selection.limit())
                .toList();
    }

    @Override
    public synchronized KeyUse secrets(Reading reading) {
        requireWhole();
        return KeyUse.of(connectors.values(), secrets.all());
    }

    @Override
    public synchronized Optional<QuotaSeen> quota(QuotaKey key, Reading reading) {
        requireWhole();
        return quotas.seen(key, connectors);
    }

    @Override
    public synchronized Optional<String> version(ClusterKey cluster, Reading reading) {
        requireWhole();
        return Optional.of("v" + events.size());
    }

    @Override
    public synchronized Optional<ClusterState> find(ClusterKey key) {
        requireClusters();
        return Optional.ofNullable(clusters.get(key.toString()));
    }

    @Override
    public synchronized List<ClusterState> list() {
        requireClusters();
        return List.copyOf(clusters.values());
    }

    /** As every replica sees them. */
    public InMemorySecrets storedSecrets() {
        return secrets;
    }

    /** As every replica sees them. */
    public AccessKeys accessKeys() {
        return new AccessKeys() {
            @Override
            public Optional<AccessKey> find(String id) {
                return list().stream().filter(key -> key.key().id().equals(id)).findFirst();
            }

            @Override
            public List<AccessKey> list() {
                synchronized (InMemoryLog.this) {
                    return accessKeys.values().stream()
                            .filter(key -> !key.revoked())
                            .toList();
                }
            }
        };
    }

    private void requireClusters() {
        if (clustersBroken != null) {
            throw clustersBroken;
        }
    }

    /** As every replica sees them. */
    public Pipelines pipelines() {
        return new Pipelines() {
            @Override
            public Optional<PipelineState> find(PipelineKey key) {
                return list().stream()
                        .filter(pipeline -> pipeline.key().equals(key))
                        .findFirst();
            }

            @Override
            public List<PipelineState> list() {
                synchronized (InMemoryLog.this) {
                    requireWhole();
                    return pipelines.values().stream()
                            .filter(PipelineState::present)
                            .toList();
                }
            }

            @Override
            public boolean await(PipelineKey key, long revision, Duration patience) {
                return true;
            }
        };
    }

    private void requireWhole() {
        if (broken != null) {
            throw broken;
        }
    }
}
