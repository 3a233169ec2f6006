package io.signalbox.api.dialect.signalbox;

import io.javalin.http.Context;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.api.validation.ConfigValidation;
import io.signalbox.api.validation.Verdict;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.secrets.References.Resolved;
import io.signalbox.processor.secrets.UnresolvedException;
import java.util.Map;

/** A config that comes back from the past is checked by its cluster as if it were given anew. */
final class Admission {

    private static final String VALIDATION = "Signalbox-Validation";

    private final ConfigValidation validation;
    private final Secrets secrets;

    Admission(ConfigValidation validation, Secrets secrets) {
        this.validation = validation;
        this.secrets = secrets;
    }

    /** @param validated false when the cluster did not check it */
    record Admitted(ConnectorType type, boolean validated) {

        static final Admitted UNCHECKED = new Admitted(ConnectorType.UNKNOWN, false);

        /** Says in the answer that nobody checked the config, if so. */
        void tell(Context ctx) {
            if (!validated) {
                ctx.res().setHeader(VALIDATION, "deferred");
            }
        }
    }

    /**
     * @param config as the log has it
     * @throws Refusal 400 in the cluster's words when it would not take the config; 503 when a secret in it cannot be opened
     */
    Admitted admit(Context ctx, ClusterState cluster, ConnectorKey connector, Config config) {
        var inClear = secrets.opened(connector, config.values());
        var sealed = Secrets.sealed(config);
        boolean deferred = deferred(ctx);
        var asked = deferred ? Resolved.unresolved(inClear) : resolved(cluster, inClear);
        return switch (validation.check(cluster, asked.config(), deferred)) {
            case Verdict.Invalid invalid ->
                throw Refusal.bad("The cluster finds errors in the config of then:\n"
                        + secrets.redactor(cluster.key(), asked, sealed, invalid.passwords())
                                .with(invalid.resolved())
                                .redact(String.join("\n", invalid.errors())));
            case Verdict.Refused refused ->
                throw Refusal.bad(
                        secrets.redactor(cluster.key(), asked, sealed, null).redact(refused.message()));
            case Verdict.Valid valid -> new Admitted(valid.type(), true);
            case Verdict.Unchecked unchecked -> Admitted.UNCHECKED;
        };
    }

    private Resolved resolved(ClusterState cluster, Map<String, String> inClear) {
        try {
            return secrets.resolved(cluster.key(), inClear);
        } catch (UnresolvedException e) {
            throw Refusal.bad("The config of then refers to what is not stored:\n" + String.join("\n", e.problems()));
        }
    }

    private static boolean deferred(Context ctx) {
        return ctx.queryParams("validate").contains("deferred");
    }
}
