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
        return switch (validation.check(cluster, inClear, deferred(ctx))) {
            case Verdict.Invalid invalid ->
                throw Refusal.bad("The cluster finds errors in the config of then:\n"
                        + secrets.redactor(cluster.key(), inClear, sealed, invalid.passwords())
                                .with(invalid.resolved())
                                .redact(String.join("\n", invalid.errors())));
            case Verdict.Refused refused ->
                throw Refusal.bad(
                        secrets.redactor(cluster.key(), inClear, sealed, null).redact(refused.message()));
            case Verdict.Valid valid -> new Admitted(valid.type(), true);
            case Verdict.Unchecked unchecked -> Admitted.UNCHECKED;
        };
    }

    private static boolean deferred(Context ctx) {
        return ctx.queryParams("validate").contains("deferred");
    }
}
