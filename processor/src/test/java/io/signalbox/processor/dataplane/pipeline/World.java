package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.dataplane.systems.Catalog;
import io.signalbox.processor.dataplane.systems.Check;
import io.signalbox.processor.dataplane.systems.SourceReady;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.Systems;
import io.signalbox.processor.dataplane.systems.TableName;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.Goal;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.PipelineStatus;
import io.signalbox.processor.secrets.KeySets;
import io.signalbox.processor.secrets.References;
import io.signalbox.processor.secrets.Sealer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * All that is around a conductor: the log with its real rules, a worker, a source database and Kafka, as far as pipelines show in them.
 * Time passes when it is told to. Every call of a conductor can be its last.
 */
final class World {

    static final Sealer SEALER = KeySets.fresh();
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final MemoryLog log = new MemoryLog(this::now);
    final Set<String> slots = new TreeSet<>();
    final Set<String> publications = new TreeSet<>();
    final Set<String> topics = new TreeSet<>();
    final Set<String> groups = new TreeSet<>();
    /** Connectors whose offsets Connect knows, there or not. */
    final Set<ConnectorKey> offsets = new TreeSet<>(Comparator.comparing(ConnectorKey::toString));
    /** The copies of single tables in the offsets of sources, by the source. */
    final Map<ConnectorKey, String> copying = new HashMap<>();
    /** Copies that ended, with how; and how the next ones do. */
    final Map<String, String> copied = new HashMap<>();

    String copyEnds = "SUCCEEDED";
    /** Why no table can be copied by itself; null when each can. */
    String obstacle;
    /** What must not have happened. */
    final List<String> wrongs = new ArrayList<>();
    /** Why connectors fail, until they are restarted with another one. */
    final Map<ConnectorKey, String> failing = new HashMap<>();
    /** What the databases say to each call, by its name. */
    final Map<String, SystemException> refusing = new HashMap<>();

    SourceReady ready = new SourceReady(Map.of("read.only", "true"), List.of(), List.of(), true);
    Phases.Phase phase = Phases.Phase.COPIED;
    /** How often the source began to copy since the last sweep; one time, usually. */
    int copies = 1;
    /** Whether the end of the copy is not in the source's offsets yet. */
    boolean open;
    /** Whether the next copy is broken off before it has a row, and leaves offsets all the same. */
    boolean forgets;
    /** By what the source told then that it has nothing to copy. */
    String forgotten;
    /** What a copy that was broken off left at the target, and the last one did not find at the source. */
    long astray;

    RuntimeException sweepFails;
    References references = References.NONE;
    /** With what a source database was asked last. */
    Config asked;

    Topics.Backlog backlog = Topics.Backlog.FRESH;
    RuntimeException backlogUnknown;
    boolean workerAway;
    boolean kafkaAway;
    /** What the sink did not write yet, and what it wrote and did not commit. */
    long unwritten;

    long uncommitted;
    /** What it wrote and committed, ever. */
    long written;

    boolean commits = true;
    int calls;

    private final Worker worker = new Worker(this);
    private long nanos;
    private int lastCall = Integer.MAX_VALUE;
    private boolean before;

    Instant now() {
        return START.plusNanos(nanos);
    }

    void pass(Duration time) {
        nanos += time.toNanos();
        worker.work();
    }

    /** @param call the number of the conductor's call that is its last; @param done whether that one is done */
    void killAt(int call, boolean done) {
        lastCall = calls + call;
        before = !done;
    }

    Pace pace() {
        return Pace.of(() -> nanos, this::now);
    }

    PipelinePass conductor() {
        return conductor(log::pipelines);
    }

    PipelinePass conductor(Supplier<List<PipelineState>> all) {
        return new PipelinePass(new Tools(
                key -> call(() -> Optional.ofNullable(log.connector(key))),
                commands(),
                (key, report) -> call(() -> log.report(key, report)),
                systems(),
                kafka(),
                topic -> call(() -> topics.contains(topic) ? phase : Phases.Phase.UNTOLD),
                sweeps(),
                (topic, copy) ->
                        call(() -> Optional.ofNullable(copied.get(copy)).map(end -> new Copies.Told(1, end))),
                key -> call(() -> Optional.of(offsets(key))),
                SEALER,
                references,
                all,
                pace()));
    }

    /** As a worker tells them. */
    private String offsets(ConnectorKey key) {
        if (!offsets.contains(key)) {
            return "[]";
        }
        String copy = copying.get(key);
        return "[{\"partition\":{\"server\":\"sm.orders\"},\"offset\":{\"lsn\":1,\"snapshot_completed\":" + !open
                + (copy == null ? "" : ",\"incremental_snapshot_correlation_id\":\"" + copy + "\"") + "}}]";
    }

    private <T> T call(Supplier<T> what) {
        calls++;
        boolean last = calls == lastCall;
        if (last && before) {
            throw new Killed();
        }
        T result = what.get();
        if (last) {
            throw new Killed();
        }
        return result;
    }

    private ConnectorCommands commands() {
        return new ConnectorCommands() {
            @Override
            public CommandOutcome submit(CommandEnvelope envelope) {
                return call(() -> log.submit(envelope));
            }

            @Override
            public CommandOutcome await(CommandEnvelope envelope, Duration patience) {
                return call(() -> {
                    CommandOutcome first = log.submit(envelope);
                    pass(Duration.ofMillis(50));
                    return first.rejected() ? first : log.outcome(envelope);
                });
            }
        };
    }

    private void must(boolean holds, String else_) {
        if (!holds) {
            wrongs.add(else_);
        }
    }

    private Systems systems() {
        return new Systems() {
            @Override
            public SourceReady prepareSource(Config source, boolean ownsPublication) {
                return call(() -> {
                    asked = source;
                    answer("prepareSource");
                    if (ownsPublication) {
                        publications.add(source.get("publication.name"));
                    }
                    return ready;
                });
            }

            @Override
            public void prepareSink(Config source, Config sink) {
                call(() -> {
                    must("secret".equals(sink.get("connection.password")), "the sink's config was not opened");
                    return answer("prepareSink");
                });
            }

            @Override
            public void dropSlot(Config source) {
                call(() -> {
                    answer("dropSlot");
                    must(worker.running().isEmpty(), "the slot was dropped while it was used");
                    return slots.remove(source.get("slot.name"));
                });
            }

            @Override
            public void dropPublication(Config source) {
                call(() -> {
                    answer("dropPublication");
                    must(worker.running().isEmpty(), "the publication was dropped while it was used");
                    return publications.remove(source.get("publication.name"));
                });
            }

            @Override
            public Catalog catalog(Config source) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<String> obstacle(Config source, TableName table) {
                return call(() -> {
                    answer("obstacle");
                    return Optional.ofNullable(obstacle);
                });
            }

            @Override
            public Map<String, String> fit(Config source) {
                return Map.of();
            }

            @Override
            public List<Check> checkSource(Config source) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<Check> checkSink(Config sink) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private boolean answer(String name) {
        if (refusing.containsKey(name)) {
            throw refusing.get(name);
        }
        return true;
    }

    private Topics kafka() {
        return new Topics() {
            @Override
            public void delete(String prefix, Set<String> names) {
                call(() -> {
                    requireKafka();
                    must(worker.running().isEmpty(), "topics were deleted while they were used");
                    unwritten = 0;
                    uncommitted = 0;
                    return topics.removeIf(topic -> topic.startsWith(prefix) || names.contains(topic));
                });
            }

            @Override
            public long lag(String group, Pattern pattern) {
                return call(() -> unwritten + uncommitted);
            }

            @Override
            public Backlog backlog(String group, Pattern pattern, Instant at) {
                return call(() -> {
                    if (backlogUnknown != null) {
                        throw backlogUnknown;
                    }
                    return backlog;
                });
            }

            @Override
            public Map<String, Long> ends(Pattern pattern) {
                return call(() -> Map.of("end", written + unwritten + uncommitted));
            }

            @Override
            public boolean committed(String group, Map<String, Long> ends) {
                return call(() -> written >= ends.get("end"));
            }

            @Override
            public void deleteGroup(String group) {
                call(() -> {
                    requireKafka();
                    return groups.remove(group);
                });
            }
        };
    }

    private Sweeps sweeps() {
        return new Sweeps() {
            @Override
            public Story told(Config source) {
                return call(() -> topics.contains(source.get("notification.sink.topic.name"))
                        ? new Story(copies > 1 && forgotten == null && phase == Phases.Phase.COPIED, forgotten)
                        : new Story(false, null));
            }

            @Override
            public void sweep(Config source, Runnable goesOn) {
                goesOn.run();
                call(() -> {
                    if (sweepFails != null) {
                        throw sweepFails;
                    }
                    must(
                            worker.running().stream()
                                    .noneMatch(key -> key.connector().endsWith(".source")),
                            "topics were swept while the source wrote to them");
                    astray = 0;
                    return null;
                });
                // It may be killed in between.
                call(() -> copies = Math.min(copies, 1));
            }
        };
    }

    private void requireKafka() {
        if (kafkaAway) {
            throw new IllegalStateException("no broker");
        }
    }

    /** The real parts of it that there are, in words. */
    Set<String> remains() {
        Set<String> remains = new TreeSet<>();
        slots.forEach(slot -> remains.add("slot " + slot));
        publications.forEach(name -> remains.add("publication " + name));
        topics.forEach(topic -> remains.add("topic " + topic));
        groups.forEach(group -> remains.add("group " + group));
        offsets.forEach(key -> remains.add("offsets of " + key.connector()));
        new TreeMap<>(log.connectors()).forEach((key, state) -> {
            if (!Sighting.gone(state)) {
                remains.add("connector " + state.key().connector());
            }
        });
        return remains;
    }

    /** Looks again and again, in one life after another, until nothing is left to be done soon. */
    void conduct(PipelineKey key) {
        conduct(key, 2_000);
    }

    void conduct(PipelineKey key, int looks) {
        var conductor = conductor();
        for (int i = 0; i < looks; i++) {
            PipelineState now = log.pipeline(key);
            if (now == null || !now.present()) {
                return;
            }
            long revision = now.revision();
            try {
                Duration next = conductor.look(now);
                boolean rests = next.compareTo(pace().steady()) >= 0
                        && log.pipeline(key).revision() == revision
                        && now.status().status() != PipelineStatus.Status.RETRY
                        && worker.rests()
                        && (now.goal() != Goal.RUN
                                || now.tasks().stream()
                                        .noneMatch(task -> task.state().open()));
                if (rests) {
                    return;
                }
                pass(next.compareTo(Duration.ofSeconds(30)) < 0 ? next : Duration.ofSeconds(30));
            } catch (MovedOnException e) {
                pass(Duration.ofMillis(1));
            } catch (Killed e) {
                lastCall = Integer.MAX_VALUE;
                conductor = conductor();
            }
        }
        throw new AssertionError("It does not come to rest: " + log.pipeline(key));
    }

    void tell(AggregateKey key, Command command) {
        log.submit(new CommandEnvelope("user-" + log.commands(), key, "ann", command));
    }
}
