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
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.domain.SecretRule;
import io.signalbox.processor.secrets.PluginSecrets;
import io.signalbox.processor.secrets.Redactor;
import io.signalbox.processor.secrets.References;
import io.signalbox.processor.secrets.References.Standing;
import io.signalbox.processor.secrets.Sealer;
import io.signalbox.processor.secrets.UnopenableException;
import io.signalbox.processor.secrets.UnresolvedException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Secrets between the log, where they are sealed or referred to, and a data plane, which needs and shows them as they are.
 */
final class Secrets {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Sealer sealer;
    private final References references;
    private final DriverRegistry drivers;
    private final PluginSecrets plugins;

    Secrets(Sealer sealer, References references, DriverRegistry drivers) {
        this.sealer = sealer;
        this.references = references;
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

    /**
     * @throws DriverException REFUSED when a secret cannot be opened, or one that is referred to is not there: asking again changes
     *     nothing until a key or the secret is back; BUSY while the stored secrets are not known yet
     */
    Config opened(ConnectorState desired) {
        try {
            var opened = sealer.open(desired.key(), desired.config());
            return Config.of(references
                    .resolve(desired.key().clusterKey(), opened.values())
                    .config());
        } catch (UnopenableException e) {
            throw refused(e);
        } catch (UnresolvedException e) {
            throw unresolved(e);
        }
    }

    /**
     * What a worker has, in terms of what is desired: with sealed texts and references where it has what these stand for.
     *
     * @param strict false: the config is known to have been there. Then what cannot be told counts as desired, and so does what a
     *     stored secret was before it was replaced, which is no drift but is {@link #behind}
     * @throws DriverException if strict, as {@link #opened}
     */
    Observed like(ConnectorState desired, Observed observed, boolean strict) {
        try {
            var referred = referred(desired, observed.config(), strict);
            return new Observed(sealer.like(desired.key(), desired.config(), referred, strict), observed.status());
        } catch (UnopenableException e) {
            throw refused(e);
        } catch (UnresolvedException e) {
            throw unresolved(e);
        }
    }

    private Config referred(ConnectorState desired, Config observed, boolean strict) {
        var referring = referring(desired);
        if (observed == null || referring.isEmpty()) {
            return observed;
        }
        var cluster = desired.key().clusterKey();
        if (strict) {
            references.resolve(cluster, referring);
        }
        Map<String, String> values = new TreeMap<>(observed.values());
        referring.forEach((name, text) ->
                values.computeIfPresent(name, (any, there) -> switch (references.standing(cluster, text, there)) {
                    case DESIRED -> text;
                    case EARLIER, UNKNOWN -> strict ? unlike(text, there) : text;
                    case OTHER -> strict ? unlike(text, there) : there;
                }));
        return Config.of(values);
    }

    /** The reference itself is not what a worker should have, however much it looks like what is desired. */
    private static String unlike(String text, String there) {
        return there.equals(text) ? "" : there;
    }

    /** Whether the worker has what a stored secret was before it was replaced: it is to be told, and nobody meddled with it. */
    boolean behind(ConnectorState desired, Observed observed) {
        return observed.exists()
                && referring(desired).entrySet().stream()
                        .anyMatch(setting -> references.standing(
                                        desired.key().clusterKey(),
                                        setting.getValue(),
                                        observed.config().get(setting.getKey()))
                                == Standing.EARLIER);
    }

    /** Whether its config refers to that secret. */
    boolean refers(ConnectorState desired, SecretId id) {
        return references
                .ids(desired.key().clusterKey(), referring(desired).values())
                .contains(id);
    }

    /** Its settings that refer to stored secrets, opened; without those that do not open. */
    private Map<String, String> referring(ConnectorState desired) {
        return references == References.NONE
                ? Map.of()
                : references.referring(sealer.openable(desired.key(), desired.config()));
    }

    /** Another number after each change of a stored secret. */
    long version() {
        return references.version();
    }

    /** What the config's references stand for is the same while this is. */
    Object stamp(ConnectorKey key, Config config) {
        return references.revisions(
                key.clusterKey(), sealer.openable(key, config).values());
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
        var sealed = sealer.redactor(key, config);
        var values = references == References.NONE
                ? Set.<String>of()
                : references.values(
                        key.clusterKey(), sealer.openable(key, config).values());
        return values.isEmpty() ? sealed : sealed.with(values);
    }

    /** @param observed in clear, as the data plane has it: secret is what is so where it is desired, too */
    Redactor redactor(ConnectorState desired, Config observed) {
        return Redactor.of(observed.values().entrySet().stream()
                .filter(entry -> Sealed.is(desired.config().get(entry.getKey()))
                        || references.in(desired.config().get(entry.getKey()))
                        || SecretRule.secret(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getValue)
                .toList());
    }

    Fingerprint fingerprint() {
        return sealer.fingerprint();
    }

    /** @return what may be told of it; empty while nobody can be asked which of its settings are secret */
    Optional<ReportFound> sealed(ConnectorKey key, ReportFound found) {
        var cluster = key.clusterKey();
        if (!references.ready()) {
            return Optional.empty();
        }
        return passwords(cluster, found.config().values()).map(passwords -> {
            Set<String> secret = new HashSet<>(passwords);
            secret.addAll(references.holding(cluster, found.config().values()));
            var config = sealer.sealFound(key, found.config(), secret);
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

    private static DriverException unresolved(UnresolvedException e) {
        return new DriverException(e.later() ? Kind.BUSY : Kind.REFUSED, 0, null, e.getMessage());
    }

    private static DriverException refused(UnopenableException e) {
        return new DriverException(Kind.REFUSED, 0, null, e.getMessage());
    }
}
