package io.signalbox.api.dialect.supermetal;

import io.signalbox.api.secrets.Secrets;
import io.signalbox.api.validation.ConfigValidation;
import io.signalbox.api.validation.Verdict;
import io.signalbox.processor.dataplane.systems.Check;
import io.signalbox.processor.dataplane.systems.Check.Result;
import io.signalbox.processor.dataplane.systems.Check.Test;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.secrets.Redactor;
import io.signalbox.processor.secrets.References.Resolved;
import io.signalbox.processor.secrets.UnresolvedException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the plugin on a worker would take the config of a connector: one more thing that is tried. */
final class PluginTrial {

    private static final int MOST_ERRORS = 5;

    private final ConfigValidation validation;
    private final Secrets secrets;
    private final InstantSource clock;

    PluginTrial(ConfigValidation validation, Secrets secrets, InstantSource clock) {
        this.validation = validation;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** @param config in clear */
    Check run(ClusterState cluster, Config config) {
        Instant began = clock.instant();
        var test = new Test.Setup(config.get("connector.class"), "The plugin on a worker", List.of());
        return new Check(test, result(cluster, config), began, clock.instant());
    }

    private Result result(ClusterState cluster, Config config) {
        try {
            return result(cluster, secrets.resolved(cluster.key(), config.values()));
        } catch (UnresolvedException e) {
            return new Result.Failed(e.getMessage());
        }
    }

    private Result result(ClusterState cluster, Resolved asked) {
        return switch (validation.check(cluster, asked.config(), false)) {
            case Verdict.Valid valid -> new Result.Success();
            case Verdict.Unchecked unchecked -> new Result.Skipped("no worker said whether its plugin would take it");
            case Verdict.Refused refused ->
                new Result.Failed(redactor(cluster, asked, Set.of()).redact(refused.message()));
            case Verdict.Invalid invalid -> {
                var redactor = redactor(cluster, asked, invalid.passwords()).with(invalid.resolved());
                yield new Result.Failed(invalid.errors().stream()
                        .limit(MOST_ERRORS)
                        .map(redactor::redact)
                        .collect(Collectors.joining("; ")));
            }
        };
    }

    private Redactor redactor(ClusterState cluster, Resolved asked, Set<String> passwords) {
        return secrets.redactor(cluster.key(), asked, Set.of(), passwords);
    }
}
