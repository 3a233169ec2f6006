package io.signalbox.processor.dataplane;

import io.signalbox.processor.dataplane.DriverException.Kind;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.Command.ReportFound;
import io.signalbox.processor.domain.Command.ReportResealed;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Fingerprint;
import io.signalbox.processor.domain.Sealed;
import io.signalbox.processor.domain.SecretRule;
import io.signalbox.processor.secrets.PluginSecrets;
import io.signalbox.processor.secrets.Redactor;
import io.signalbox.processor.secrets.Sealer;
import io.signalbox.processor.secrets.UnopenableException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Secrets between the log, where they are sealed, and a data plane, which needs and shows them as they are. */
final class Secrets {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Sealer sealer;
    private final DriverRegistry drivers;
    private final PluginSecrets plugins;

    Secrets(Sealer sealer, DriverRegistry drivers) {
        this.sealer = sealer;
        this.drivers = drivers;
        plugins = new PluginSecrets(
                (cluster, plugin) -> ask(cluster, driver -> driver.pluginConfig(plugin, null, PATIENCE))
                        .flatMap(reply -> PluginSecrets.settings(reply.status(), reply.body())),
                PATIENCE);
    }

    private Optional<Reply> ask(ClusterKey cluster, Function<Driver, Reply> question) {
        try {
            return drivers.driver(cluster).map(question);
        } catch (DriverException e) {
            return Optional.empty();
        }
    }

    /** @throws DriverException REFUSED when a secret cannot be opened: asking again changes nothing until a key is back */
    Config opened(ConnectorState desired) {
        try {
            return sealer.open(desired.key(), desired.config());
        } catch (UnopenableException e) {
            throw refused(e);
        }
    }

    /** @throws DriverException as {@link #opened}; never if not strict: what cannot be opened then counts as desired */
    Observed like(ConnectorState desired, Observed observed, boolean strict) {
        try {
            return new Observed(
                    sealer.like(desired.key(), desired.config(), observed.config(), strict), observed.status());
        } catch (UnopenableException e) {
            throw refused(e);
        }
    }

    /** Whether there is something to be sealed anew. */
    boolean outdated(ConnectorState desired) {
        return sealer.outdated(desired.config());
    }

    /** @return nothing in it when nothing of that opens */
    ReportResealed resealed(ConnectorState desired) {
        var after = sealer.resealed(desired.key(), desired.config());
        Map<String, String> before = new TreeMap<>(desired.config().values());
        before.keySet().retainAll(after.values().keySet());
        return new ReportResealed(desired.uid(), Config.of(before), after);
    }

    Redactor redactor(ConnectorKey key, Config config) {
        return sealer.redactor(key, config);
    }

    /** @param observed in clear, as the data plane has it: secret is what is so where it is desired, too */
    Redactor redactor(ConnectorState desired, Config observed) {
        return Redactor.of(observed.values().entrySet().stream()
                .filter(entry -> Sealed.is(desired.config().get(entry.getKey()))
                        || SecretRule.secret(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getValue)
                .toList());
    }

    Fingerprint fingerprint() {
        return sealer.fingerprint();
    }

    /** @return what may be told of it; empty while its plugins cannot be asked which of its settings are secret */
    Optional<ReportFound> sealed(ConnectorKey key, ReportFound found) {
        return passwords(key.clusterKey(), found.config().values()).map(passwords -> {
            var config = sealer.sealFound(key, found.config(), passwords);
            var redactor = sealer.redactor(key, config);
            var length = Traces.of(found.status());
            var status = Traces.each(found.status(), trace -> length.bounded(redactor.redact(trace)));
            return new ReportFound(found.adopt(), config, found.targetState(), status);
        });
    }

    /** Workers before Kafka Connect 3.2 do not tell what can be configured of a plugin, but all check a config. */
    private Optional<Set<String>> passwords(ClusterKey cluster, Map<String, String> config) {
        String connectorClass = config.getOrDefault("connector.class", "");
        String plugin = connectorClass.substring(connectorClass.lastIndexOf('.') + 1);
        var told = plugins.of(cluster, config);
        return told.isPresent() || plugin.isBlank()
                ? told
                : ask(cluster, driver -> driver.validate(plugin, config, PATIENCE))
                        .flatMap(reply -> PluginSecrets.checked(reply.status(), reply.body()));
    }

    private static DriverException refused(UnopenableException e) {
        return new DriverException(Kind.REFUSED, 0, null, e.getMessage());
    }
}
