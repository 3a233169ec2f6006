package io.signalbox.api.dialect;

import io.javalin.http.Context;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.api.validation.ConfigValidation;
import io.signalbox.api.validation.Verdict;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Mask;
import io.signalbox.processor.secrets.References.Resolved;
import io.signalbox.processor.secrets.UnresolvedException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The way of a config from the caller to the log: checked for its name, checked by its cluster. */
public final class Admission {

    static final String VALIDATION = "Signalbox-Validation";

    private final ConfigValidation validation;
    private final Secrets secrets;

    public Admission(ConfigValidation validation, Secrets secrets) {
        this.validation = validation;
        this.secrets = secrets;
    }

    /**
     * @param config what was given, with its secrets sealed; null values are there only where they are allowed
     * @param validated false when the cluster did not check it
     */
    public record Admitted(Map<String, String> config, ConnectorType type, boolean validated) {

        /** Says in the answer that nobody checked the config, if so. To be called when the command was accepted. */
        public void tell(Context ctx) {
            if (!validated) {
                ctx.res().setHeader(VALIDATION, "deferred");
            }
        }
    }

    /**
     * A whole config.
     *
     * @param before what is there now, as the log has it; null for none
     * @throws Refusal 400 in Connect's words when the config cannot be accepted
     */
    public Admitted admit(
            Context ctx, ClusterState cluster, String name, Map<String, String> given, Supplier<Config> before) {
        Names.check(name, given);
        Map<String, String> config = new TreeMap<>(given);
        config.put("name", name);
        var key = cluster.key().connector(name);
        var now = new Once(before);
        var inClear = secrets.inClear(key, config, now);
        return checked(
                ctx,
                cluster,
                inClear,
                Secrets.kept(config),
                passwords -> secrets.sealed(key, config, inClear, passwords, now));
    }

    /**
     * A whole config of a connector that is to be new. Asterisks keep what is there, as always; where nothing is there they are what
     * was given, and are sealed, because nobody can tell what is behind them.
     *
     * @param before what is there now and would be taken over, as the log has it; null for none
     * @throws Refusal as {@link #admit}
     */
    public Admitted admitNew(
            Context ctx, ClusterState cluster, String name, Map<String, String> given, Supplier<Config> before) {
        var now = new Once(before);
        var literal =
                given.values().stream().anyMatch(Mask::keeps) ? Secrets.unkept(given, now.get()) : Set.<String>of();
        if (literal.isEmpty()) {
            return admit(ctx, cluster, name, given, now);
        }
        Names.check(name, given);
        Map<String, String> rest = new TreeMap<>(given);
        rest.keySet().removeAll(literal);
        rest.put("name", name);
        var key = cluster.key().connector(name);
        Map<String, String> inClear = new TreeMap<>(secrets.inClear(key, rest, now));
        literal.forEach(setting -> inClear.put(setting, given.get(setting)));
        return checked(ctx, cluster, inClear, Secrets.kept(given), passwords -> {
            Map<String, String> sealed = new TreeMap<>(secrets.sealed(key, rest, inClear, passwords, now));
            literal.forEach(setting -> sealed.put(setting, secrets.sealed(key, setting, given.get(setting))));
            return sealed;
        });
    }

    /**
     * A change of the config that is there.
     *
     * @param now as the log has it
     * @throws Refusal as {@link #admit}
     */
    public Admitted admitPatch(Context ctx, ClusterState cluster, ConnectorState now, Map<String, String> patch) {
        var key = now.key();
        Map<String, String> rest = new TreeMap<>(now.config().values());
        // A secret that is given anew need not open.
        rest.keySet().removeAll(patch.keySet());
        Map<String, String> inClear = new TreeMap<>(secrets.opened(key, rest));
        secrets.inClear(key, patch, now::config).forEach((setting, value) -> {
            if (value == null) {
                inClear.remove(setting);
            } else {
                inClear.put(setting, value);
            }
        });
        Names.check(key.connector(), inClear);
        return checked(
                ctx,
                cluster,
                inClear,
                Secrets.sealed(now.config()),
                passwords -> secrets.sealedPatch(key, patch, inClear, passwords, now.config()));
    }

    /** The config that is there now: read once, and only if somebody needs it. */
    private static final class Once implements Supplier<Config> {

        private final Supplier<Config> source;
        private boolean read;
        private Config config;

        Once(Supplier<Config> source) {
            this.source = source;
        }

        @Override
        public Config get() {
            if (!read) {
                config = source.get();
                read = true;
            }
            return config;
        }
    }

    /**
     * @param kept names of settings whose values come out of the log and are secret
     * @param sealing makes of what was given what the log may have, by the settings of type PASSWORD; null when they are not known
     */
    private Admitted checked(
            Context ctx,
            ClusterState cluster,
            Map<String, String> inClear,
            Set<String> kept,
            Function<Set<String>, Map<String, String>> sealing) {
        boolean deferred = deferred(ctx);
        // What nobody is to check may refer to what is stored later.
        var asked = deferred ? Resolved.unresolved(inClear) : resolved(cluster, inClear);
        return switch (validation.check(cluster, asked.config(), deferred)) {
            case Verdict.Invalid invalid -> {
                var redactor = secrets.redactor(cluster.key(), asked, kept, invalid.passwords())
                        .with(invalid.resolved());
                throw InvalidConfig.refusal(
                        invalid.errors().stream().map(redactor::redact).toList());
            }
            case Verdict.Refused refused ->
                throw Refusal.bad(
                        secrets.redactor(cluster.key(), asked, kept, null).redact(refused.message()));
            case Verdict.Valid valid -> {
                requireNoNulls(inClear);
                yield new Admitted(sealing.apply(valid.passwords()), valid.type(), true);
            }
            case Verdict.Unchecked unchecked -> {
                requireNoNulls(inClear);
                yield new Admitted(sealing.apply(null), ConnectorType.UNKNOWN, false);
            }
        };
    }

    private Resolved resolved(ClusterState cluster, Map<String, String> inClear) {
        try {
            return secrets.resolved(cluster.key(), inClear);
        } catch (UnresolvedException e) {
            throw InvalidConfig.refusal(e.problems());
        }
    }

    private static boolean deferred(Context ctx) {
        String query = ctx.req().getQueryString();
        return query != null && ctx.queryParams("validate").contains("deferred");
    }

    /** A null is a mistake which needs no worker to find it. */
    private static void requireNoNulls(Map<String, String> config) {
        List<String> errors = config.values().stream()
                .filter(value -> value == null)
                .map(value -> "Null value can not be supplied as the configuration value.")
                .toList();
        if (!errors.isEmpty()) {
            throw InvalidConfig.refusal(errors);
        }
    }
}
