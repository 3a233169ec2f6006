package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ClusterSpec.Unmanaged;
import io.signalbox.processor.domain.Command.ReportAbsent;
import io.signalbox.processor.domain.Command.ReportFound;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TargetState;
import io.signalbox.processor.domain.TaskStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds connectors on one cluster that nobody declared, among the names that are this replica's, and tells the log. It only
 * reads: what becomes of them the log decides. Used by one thread.
 */
final class Finder {

    private static final Logger LOG = LoggerFactory.getLogger(Finder.class);
    private static final int LONGEST_SHOWN = 64;
    private static final int MOST_ILLEGAL = 1_000;
    private static final int AT_ONCE = 64;

    private final ClusterLane lane;
    private final Ownership ownership;
    private final Engine engine;
    /** When each was told; the log takes a while to know it, or may not want to know it yet. */
    private final Map<ConnectorKey, Long> told = new HashMap<>();

    private final Set<ConnectorKey> missing = new HashSet<>();
    private final Set<String> illegal = new HashSet<>();

    Finder(ClusterLane lane, Ownership ownership, Engine engine) {
        this.lane = lane;
        this.ownership = ownership;
        this.engine = engine;
    }

    boolean idle() {
        return ownership.none();
    }

    void look(Unmanaged policy, Map<String, Config> configs, Map<String, ConnectorStatus> statuses) {
        told.values()
                .removeIf(at ->
                        engine.timing().now() - at >= engine.timing().echo().toNanos());
        boolean adopt = policy == Unmanaged.ADOPT;
        List<Callable<Void>> reports = new ArrayList<>();
        configs.forEach((name, config) -> key(name)
                .filter(key -> unknown(key, adopt))
                .ifPresent(key -> target(statuses.get(name))
                        .ifPresent(target ->
                                reports.add(report(key, new ReportFound(adopt, config, target, statuses.get(name)))))));
        atOnce(reports);
        missing(configs.keySet());
    }

    /** A cluster that is registered may have hundreds: they are told side by side, each as soon as the log takes it. */
    private void atOnce(List<Callable<Void>> reports) {
        try {
            for (int i = 0; i < reports.size(); i += AT_ONCE) {
                engine.threads().invokeAll(reports.subList(i, Math.min(reports.size(), i + AT_ONCE))).stream()
                        .filter(each -> each.state() == Future.State.FAILED)
                        .forEach(each ->
                                LOG.error("find cluster={} result=failed", lane.cluster(), each.exceptionNow()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is told twice does no harm. In this order, so that one whose partition was just taken away is not told. */
    private boolean unknown(ConnectorKey key, boolean adopt) {
        var work = lane.works().get(key);
        boolean wanted = work == null ? ownership.includes(key) : adopt && work.found() != null;
        return wanted && !told.containsKey(key);
    }

    private Callable<Void> report(ConnectorKey key, ReportFound report) {
        told.put(key, engine.timing().now());
        return () -> {
            LOG.info("find connector={} adopt={} target={}", key, report.adopt(), report.targetState());
            try {
                engine.secrets()
                        .sealed(key, report)
                        .ifPresentOrElse(fit -> engine.sink().report(key, fit), () -> later(key));
            } catch (RuntimeException e) {
                // One that cannot be told, such as one that is too large, must not hide the others; told again later.
                LOG.warn("find connector={} result=unreported", key, e);
            }
            return null;
        };
    }

    /** Told again later, when its plugins can be asked. */
    private static void later(ConnectorKey key) {
        LOG.info("find connector={} result=later reason=\"its plugins cannot be asked what is secret\"", key);
    }

    /** What was found, was missing twice, and is not there when it is asked for, is gone. */
    private void missing(Set<String> names) {
        Set<ConnectorKey> before = Set.copyOf(missing);
        missing.clear();
        lane.works().forEach((key, work) -> {
            ConnectorState found = work.found();
            if (found == null || names.contains(key.connector())) {
                return;
            }
            missing.add(key);
            boolean gone = before.contains(key)
                    && !told.containsKey(key)
                    && !lane.call(driver -> driver.observe(key.connector())).exists();
            if (gone) {
                told.put(key, engine.timing().now());
                engine.sink().report(key, new ReportAbsent(found.uid()));
            }
        });
    }

    private Optional<ConnectorKey> key(String name) {
        try {
            return Optional.of(lane.cluster().connector(name));
        } catch (IllegalArgumentException e) {
            if (illegal.size() < MOST_ILLEGAL && illegal.add(name)) {
                LOG.warn(
                        "find cluster={} connector=\"{}\" result=skipped reason=\"{}\"",
                        lane.cluster(),
                        shown(name),
                        e.getMessage());
            }
            return Optional.empty();
        }
    }

    private static String shown(String name) {
        var visible = name.replaceAll("\\p{Cntrl}", "?");
        return visible.length() > LONGEST_SHOWN ? visible.substring(0, LONGEST_SHOWN) + "…" : visible;
    }

    /**
     * What a worker asked of a connector shows in what it does. A failed one shows nothing, but its tasks may.
     *
     * @return empty while it does not show: it is looked at again
     */
    private static Optional<TargetState> target(ConnectorStatus status) {
        if (status == null) {
            return Optional.empty();
        }
        return Stream.concat(Stream.of(status.state()), status.tasks().stream().map(TaskStatus::state))
                .flatMap(state -> Stream.of(TargetState.values())
                        .filter(target -> target.name().equals(state.name())))
                .findFirst()
                .or(() -> status.state() == RunState.FAILED ? Optional.of(TargetState.RUNNING) : Optional.empty());
    }
}
