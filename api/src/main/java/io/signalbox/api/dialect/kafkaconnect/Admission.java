package io.signalbox.api.dialect.kafkaconnect;

import io.javalin.http.Context;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.validation.ConfigValidation;
import io.signalbox.api.validation.Verdict;
import io.signalbox.processor.domain.ClusterState;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The way of a config from the caller to the log: checked for its name, checked by its cluster. */
final class Admission {

    static final String VALIDATION = "Signalbox-Validation";

    private final ConfigValidation validation;

    Admission(ConfigValidation validation) {
        this.validation = validation;
    }

    /** @param validated false when the cluster did not check it */
    record Admitted(Config config, ConnectorType type, boolean validated) {

        /** Says in the answer that nobody checked the config, if so. To be called when the command was accepted. */
        void tell(Context ctx) {
            if (!validated) {
                ctx.res().setHeader(VALIDATION, "deferred");
            }
        }
    }

    /** @throws Refusal 400 in Connect's words when the config cannot be accepted */
    Admitted admit(Context ctx, ClusterState cluster, String name, Map<String, String> given) {
        Names.check(name, given);
        Map<String, String> config = new TreeMap<>(given);
        config.put("name", name);
        return switch (validation.check(cluster, config, deferred(ctx))) {
            case Verdict.Invalid invalid -> throw InvalidConfig.refusal(invalid.errors());
            case Verdict.Refused refused -> throw Refusal.bad(refused.message());
            case Verdict.Valid valid -> new Admitted(withoutNulls(config), valid.type(), true);
            case Verdict.Unchecked unchecked -> new Admitted(withoutNulls(config), ConnectorType.UNKNOWN, false);
        };
    }

    private static boolean deferred(Context ctx) {
        String query = ctx.req().getQueryString();
        return query != null && ctx.queryParams("validate").contains("deferred");
    }

    /** A null is a mistake which needs no worker to find it. */
    private static Config withoutNulls(Map<String, String> config) {
        List<String> errors = config.values().stream()
                .filter(value -> value == null)
                .map(value -> "Null value can not be supplied as the configuration value.")
                .toList();
        if (!errors.isEmpty()) {
            throw InvalidConfig.refusal(errors);
        }
        return Config.of(config);
    }
}
