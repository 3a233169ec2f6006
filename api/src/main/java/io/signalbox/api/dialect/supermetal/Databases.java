package io.signalbox.api.dialect.supermetal;

import io.signalbox.api.secrets.Secrets;
import io.signalbox.processor.dataplane.systems.Catalog;
import io.signalbox.processor.dataplane.systems.Check;
import io.signalbox.processor.dataplane.systems.Check.Result;
import io.signalbox.processor.dataplane.systems.Check.Test;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.Systems;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.secrets.Redactor;
import io.signalbox.processor.secrets.References.Resolved;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The databases of definitions, asked with what references to stored secrets stand for, and quoted without it. All throw
 * {@link io.signalbox.processor.secrets.UnresolvedException} when a reference stands for nothing.
 */
final class Databases {

    private final Systems systems;
    private final Secrets secrets;

    Databases(Systems systems, Secrets secrets) {
        this.systems = systems;
        this.secrets = secrets;
    }

    /** @throws SystemException when it cannot be told */
    Catalog catalog(ClusterKey cluster, Config source) {
        return asked(cluster, source, systems::catalog);
    }

    /**
     * As {@link Systems#fit}.
     *
     * @throws SystemException when it cannot be told
     */
    Map<String, String> fit(ClusterKey cluster, Config source) {
        return asked(cluster, source, systems::fit);
    }

    List<Check> checkSource(ClusterKey cluster, Config source) {
        return checked(cluster, source, systems::checkSource);
    }

    List<Check> checkSink(ClusterKey cluster, Config sink) {
        return checked(cluster, sink, systems::checkSink);
    }

    private List<Check> checked(ClusterKey cluster, Config config, Function<Config, List<Check>> checks) {
        var redactor = Redactor.of(resolved(cluster, config).values());
        return asked(cluster, config, checks).stream()
                .map(check -> new Check(
                        redacted(check.test(), redactor),
                        redacted(check.result(), redactor),
                        check.startedAt(),
                        check.endedAt()))
                .toList();
    }

    private <T> T asked(ClusterKey cluster, Config config, Function<Config, T> question) {
        Resolved resolved = resolved(cluster, config);
        try {
            return question.apply(Config.of(resolved.config()));
        } catch (SystemException e) {
            throw new SystemException(e.kind(), Redactor.of(resolved.values()).redact(e.getMessage()));
        }
    }

    private Resolved resolved(ClusterKey cluster, Config config) {
        return secrets.resolved(cluster, config.values());
    }

    private static Test redacted(Test test, Redactor redactor) {
        return switch (test) {
            case Test.Permission(var name, var description, var suggestions) ->
                new Test.Permission(name, redactor.redact(description), redacted(suggestions, redactor));
            case Test.Setup(var name, var description, var suggestions) ->
                new Test.Setup(name, redactor.redact(description), redacted(suggestions, redactor));
            default -> test;
        };
    }

    private static List<String> redacted(List<String> words, Redactor redactor) {
        return words.stream().map(redactor::redact).toList();
    }

    private static Result redacted(Result result, Redactor redactor) {
        return switch (result) {
            case Result.Success success -> success;
            case Result.Failed(var reason) -> new Result.Failed(redactor.redact(reason));
            case Result.Warn(var reason) -> new Result.Warn(redactor.redact(reason));
            case Result.Skipped(var reason) -> new Result.Skipped(redactor.redact(reason));
        };
    }
}
