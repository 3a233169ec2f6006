package io.signalbox.api.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.query.Clusters;
import io.signalbox.api.query.DataPlane;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ClusterSpec.InReads;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.Mask;
import io.signalbox.processor.domain.Sealed;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.domain.SecretRule;
import io.signalbox.processor.secrets.PluginSecrets;
import io.signalbox.processor.secrets.Redactor;
import io.signalbox.processor.secrets.References;
import io.signalbox.processor.secrets.References.Resolved;
import io.signalbox.processor.secrets.Sealer;
import io.signalbox.processor.secrets.UnopenableException;
import io.signalbox.processor.secrets.UnresolvedException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Secrets on their way through the API: in from callers, out to the worker that checks them, masked to whoever reads. */
public final class Secrets {

    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final long PAUSE_NANOS = 10_000_000;
    private static final int MOST_PAUSES = 50;

    private final Sealer sealer;
    private final References references;
    private final Clusters clusters;
    private final PluginSecrets plugins;

    public Secrets(Sealer sealer, References references, Clusters clusters, DataPlane dataPlane) {
        this.sealer = sealer;
        this.references = references;
        this.clusters = clusters;
        plugins = new PluginSecrets((cluster, plugin) -> settings(dataPlane, cluster, plugin), PATIENCE);
    }

    private static Optional<JsonNode> settings(DataPlane dataPlane, ClusterKey cluster, String plugin) {
        try {
            var reply = dataPlane.pluginConfig(cluster, plugin, null, PATIENCE);
            return PluginSecrets.settings(reply.status(), reply.body());
        } catch (DataPlane.AwayException e) {
            return Optional.empty();
        }
    }

    /**
     * What a caller gave, as a worker has to see it to check it.
     *
     * @param given null values stay
     * @param before the config that is there now, as the log has it; null for none; asked only for what is to be kept
     * @throws Refusal 400 for a value that looks sealed, or that is to be kept and is not there; 503 when what is to be kept
     *     cannot be opened
     */
    public Map<String, String> inClear(ConnectorKey connector, Map<String, String> given, Supplier<Config> before) {
        refuseSealed(given);
        if (given.values().stream().noneMatch(Mask::keeps)) {
            return given;
        }
        var now = before.get();
        Mask.unkept(given, now).ifPresent(name -> {
            throw Refusal.bad(Mask.nothingToKeep(name));
        });
        return opened(connector, Mask.kept(given, now));
    }

    /** Nobody outside has a key: a sealed text of a caller is a copy of one, or a mistake. */
    public static void refuseSealed(Map<String, String> given) {
        given.forEach((name, value) -> {
            if (Sealed.is(value)) {
                throw Refusal.bad(
                        "\"" + name + "\" begins like a secret that Signalbox has sealed: give the secret itself, or "
                                + Mask.TEXT + " to keep the one that is there");
            }
        });
    }

    /**
     * @param config as the log has it; null values stay
     * @throws Refusal 503 naming the key that is missing
     */
    public Map<String, String> opened(ConnectorKey connector, Map<String, String> config) {
        try {
            Map<String, String> opened = new TreeMap<>(config);
            opened.replaceAll((name, value) -> Sealed.is(value) ? sealer.open(connector, name, value) : value);
            return opened;
        } catch (UnopenableException e) {
            throw Refusal.unavailable(e.getMessage());
        }
    }

    /**
     * A config as a worker has to see it, with what its references to stored secrets stand for. One that is not known is waited for, for
     * half a second: another replica may have stored it just now.
     *
     * @param inClear null values stay
     * @throws UnresolvedException naming what stands for nothing
     * @throws Refusal 503 naming the key that is missing, or when the stored secrets are not known yet
     */
    public Resolved resolved(ClusterKey cluster, Map<String, String> inClear) {
        for (int i = 0; ; i++) {
            try {
                return references.resolve(cluster, inClear);
            } catch (UnresolvedException e) {
                if (i == MOST_PAUSES) {
                    throw e.later() ? Refusal.unavailable(e.getMessage()) : e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            } catch (UnopenableException e) {
                throw Refusal.unavailable(e.getMessage());
            }
        }
    }

    /** @return what is to be stored under that id, as the log may have it */
    public String sealed(SecretId id, String data) {
        return sealer.seal(id, data);
    }

    /**
     * What a caller gave, as the log may have it. What asterisks keep is sealed, too, where it stands in the log in clear.
     *
     * @param given the whole config
     * @param inClear the same with what is kept
     * @param passwords as the cluster's check told them; null when it did not check
     * @param before the config that is there now, as the log has it; null for none
     */
    public Map<String, String> sealed(
            ConnectorKey connector,
            Map<String, String> given,
            Map<String, String> inClear,
            Set<String> passwords,
            Supplier<Config> before) {
        var sealed = sealer.sealGiven(connector, given, secret(connector, inClear, passwords, before));
        sealed.replaceAll(
                (name, value) -> Mask.keeps(value) && !Sealed.is(before.get().get(name))
                        ? sealer.seal(connector, name, inClear.get(name))
                        : value);
        return sealed;
    }

    /** @return the names of settings that are to keep what is not there, so that nothing but asterisks was given for them */
    public static Set<String> unkept(Map<String, String> given, Config before) {
        return names(given, Mask::keeps).stream()
                .filter(name -> before == null || !Mask.hides(name, before.get(name)))
                .collect(Collectors.toSet());
    }

    /** @return the text as the log may have it: sealed, whatever it is */
    public String sealed(ConnectorKey connector, String name, String text) {
        return sealer.seal(connector, name, text);
    }

    /**
     * A change of a config, as the log may have it, with what is secret in the rest and stands in the log in clear: it would be
     * written there once more.
     *
     * @param patch null values stay
     * @param inClear the whole config with the change
     * @param passwords as for {@link #sealed}
     * @param now what is changed, as the log has it
     */
    public Map<String, String> sealedPatch(
            ConnectorKey connector,
            Map<String, String> patch,
            Map<String, String> inClear,
            Set<String> passwords,
            Config now) {
        var secret = secret(connector, inClear, passwords, () -> now);
        Map<String, String> all = new TreeMap<>(now.values());
        all.entrySet()
                .removeIf(entry ->
                        Sealed.is(entry.getValue()) || !SecretRule.secret(entry.getKey(), entry.getValue(), secret));
        all.putAll(patch);
        return sealed(connector, all, inClear, secret, () -> now);
    }

    /** Nobody who can be asked calls it secret any more, but somebody did: that it is sealed says so. */
    private Set<String> secret(
            ConnectorKey connector, Map<String, String> inClear, Set<String> passwords, Supplier<Config> before) {
        return passwords == null
                ? plugins.of(connector.clusterKey(), inClear)
                        .orElseGet(() -> union(PluginSecrets.OF_CLIENTS, sealed(before.get())))
                : passwords;
    }

    /**
     * Takes the secrets of a config out of a worker's words about it.
     *
     * @param checked what the words are about
     * @param kept names of settings that are secret whatever plugins say: their values come out of the log
     * @param passwords as for {@link #sealed}
     */
    public Redactor redactor(ClusterKey cluster, Resolved checked, Set<String> kept, Set<String> passwords) {
        var inClear = checked.config();
        var known = passwords == null ? plugins.of(cluster, inClear).orElse(PluginSecrets.OF_CLIENTS) : passwords;
        var secret = union(known, kept);
        Set<String> values = inClear.entrySet().stream()
                .filter(entry -> SecretRule.secret(entry.getKey(), entry.getValue(), secret))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
        return Redactor.of(union(values, checked.values()));
    }

    /** The names of settings that a caller does not give, but wants to be kept. */
    public static Set<String> kept(Map<String, String> given) {
        return names(given, Mask::keeps);
    }

    /** The names of settings that the log has sealed; none for null. */
    public static Set<String> sealed(Config config) {
        return config == null ? Set.of() : names(config.values(), Sealed::is);
    }

    private static Set<String> names(Map<String, String> values, Predicate<String> what) {
        return values.entrySet().stream()
                .filter(entry -> what.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }

    /** The config as a read shows it: masked, unless the cluster is registered to show its secrets. */
    public Config shown(ConnectorState connector) {
        return shown(connector.key(), connector.config());
    }

    /** @param shows as {@link #shows} said: for a list, in which all are shown alike */
    public Config shown(ConnectorState connector, boolean shows) {
        return shown(connector.key(), connector.config(), () -> shows);
    }

    /** @param config as the log has it */
    public Config shown(ConnectorKey connector, Config config) {
        return shown(connector, config, () -> shows(connector.clusterKey()));
    }

    /**
     * The config with its secrets, for who may see what is masked.
     *
     * @throws Refusal 503 naming the key that is missing
     */
    public Config revealed(ConnectorState connector) {
        return Config.of(opened(connector.key(), connector.config().values()));
    }

    private Config shown(ConnectorKey connector, Config config, BooleanSupplier policy) {
        if (!hidden(config)) {
            return config;
        }
        boolean shows = policy.getAsBoolean();
        Map<String, String> shown = new TreeMap<>(config.values());
        shown.replaceAll((name, value) -> {
            if (!Mask.hides(name, value)) {
                return value;
            }
            return shows ? inClear(connector, name, value) : Mask.TEXT;
        });
        return Config.of(shown);
    }

    private static boolean hidden(Config config) {
        for (Map.Entry<String, String> entry : config.values().entrySet()) {
            if (Mask.hides(entry.getKey(), entry.getValue())) {
                return true;
            }
        }
        return false;
    }

    private String inClear(ConnectorKey connector, String name, String value) {
        return Sealed.is(value) ? sealer.openable(connector, name, value).orElse(Mask.TEXT) : value;
    }

    /** Whether secrets of this cluster are shown to whoever reads. */
    public boolean shows(ClusterKey cluster) {
        return clusters.find(cluster)
                .filter(ClusterState::registered)
                .map(state -> state.spec().policies().secrets() == InReads.SHOW)
                .orElse(false);
    }

    /** What two values of a setting are to each other. */
    public enum Likeness {
        SAME,
        /** The same secret, sealed with two keys. */
        RESEALED,
        OTHER,
        /** Sealed with two keys, one of which is missing: nobody can tell. */
        UNKNOWN
    }

    /**
     * @param one as the log has it; null for none
     * @param other likewise
     */
    public Likeness compare(ConnectorKey connector, String name, String one, String other) {
        if (Objects.equals(one, other)) {
            return Likeness.SAME;
        }
        // With the same key equal secrets have equal texts.
        if (!Sealed.is(one) || !Sealed.is(other) || Sealed.keyId(one).equals(Sealed.keyId(other))) {
            return Likeness.OTHER;
        }
        var secret = sealer.openable(connector, name, one);
        var another = sealer.openable(connector, name, other);
        if (secret.isEmpty() || another.isEmpty()) {
            return Likeness.UNKNOWN;
        }
        return secret.equals(another) ? Likeness.RESEALED : Likeness.OTHER;
    }

    /** @return the id of the key without which that text does not open here; empty when it opens, or is not sealed */
    public Optional<String> missingKey(String text) {
        return Sealed.is(text) ? Sealed.keyId(text).filter(id -> !keyIds().contains(id)) : Optional.empty();
    }

    /** The ids of the keys that open, in the order of this replica's key set. */
    public List<String> keyIds() {
        return sealer.keyIds();
    }

    /** The id of the key that seals. */
    public String primaryKeyId() {
        return sealer.primaryKeyId();
    }

    /** How a worker's own words and configs of this connector are shown. */
    public WorkerMask ofTasks(ConnectorState connector) {
        return shows(connector.key().clusterKey())
                ? WorkerMask.ofReferences(values(connector), references.referring(opened(connector)))
                : maskOfTasks(connector);
    }

    /** The same where secrets are never shown. */
    public WorkerMask maskOfTasks(ConnectorState connector) {
        var cluster = connector.key().clusterKey();
        var passwords = plugins.of(cluster, connector.config().values()).orElse(PluginSecrets.OF_CLIENTS);
        var redactor = sealer.redactor(connector.key(), connector.config()).with(values(connector));
        Map<String, String> own = references.referring(opened(connector));
        own.replaceAll((name, text) -> Sealed.is(connector.config().get(name)) ? Mask.TEXT : text);
        return new WorkerMask(passwords, redactor, own);
    }

    private Set<String> values(ConnectorState connector) {
        return references.values(connector.key().clusterKey(), opened(connector).values());
    }

    private Map<String, String> opened(ConnectorState connector) {
        return sealer.openable(connector.key(), connector.config());
    }

    /**
     * The same for its answer to a config that a caller wants to be checked.
     *
     * @param given by the caller
     * @param checked what was checked
     * @param shows as {@link #shows} said, or false where secrets are never shown
     */
    public WorkerMask ofCheck(
            ClusterKey cluster, Map<String, String> given, Resolved checked, JsonNode answer, boolean shows) {
        if (shows) {
            return WorkerMask.ofReferences(checked.values(), references.referring(given));
        }
        var secret = union(PluginSecrets.passwords(PluginSecrets.definitions(answer)), kept(given));
        return new WorkerMask(
                secret,
                redactor(cluster, checked, Set.of(), secret).with(PluginSecrets.resolved(answer, secret)),
                given);
    }
}
