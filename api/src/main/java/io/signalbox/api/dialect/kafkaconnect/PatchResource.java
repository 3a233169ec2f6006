package io.signalbox.api.dialect.kafkaconnect;

import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Admission;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.InvalidConfig;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.Names;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Conditions;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.StringMap;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.processor.domain.Command.PatchConfig;
import io.signalbox.processor.domain.CommandOutcome;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Precondition;
import io.signalbox.processor.domain.RejectionCode;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * {@code PATCH /connectors/{c}/config} (KIP-477). What is validated is what is stored: the log takes the patch only on the
 * config that it was validated with, and if that was changed meanwhile, all begins anew.
 */
final class PatchResource {

    private static final int ATTEMPTS = 5;

    private final Base base;
    private final Lookup lookup;
    private final Admission admission;
    private final Submitter submitter;
    private final Secrets secrets;

    PatchResource(Base base, Lookup lookup, Admission admission, Submitter submitter, Secrets secrets) {
        this.base = base;
        this.lookup = lookup;
        this.admission = admission;
        this.submitter = submitter;
        this.secrets = secrets;
    }

    void routes(Routes routes) {
        routes.patch(base.template() + "/connectors/{connector}/config", base.onConnector(Role.EDITOR), this::patch);
    }

    private void patch(Context ctx) throws IOException {
        String id = submitter.commandId(ctx);
        String name = ctx.pathParam("connector");
        var cluster = base.cluster(ctx);
        Map<String, String> patch = Body.read(ctx, StringMap::read);
        requireSameName(name, patch);
        CommandOutcome outcome = attempt(ctx, lookup.active(ctx, cluster, name, Words.LOOKUP), patch, id);
        for (int n = 2; n <= ATTEMPTS && stale(outcome); n++) {
            // An id is answered once: each attempt has its own, and each repetition of the request the same ones.
            outcome = attempt(ctx, lookup.active(ctx, cluster, name, Words.LOOKUP), patch, id + "~" + n);
        }
        var connector = Words.LOOKUP.accepted(name, outcome).connector();
        Conditions.tag(ctx, Precondition.configTag(connector.configRevision()));
        Answer.ok(ctx, json -> InfoJson.write(json, connector, secrets.shown(connector)));
    }

    private CommandOutcome attempt(Context ctx, ConnectorState now, Map<String, String> patch, String id) {
        var cluster = lookup.cluster(now.key().clusterKey());
        var admitted = admission.admitPatch(ctx, cluster, now, patch);
        var type = admitted.validated() ? admitted.type() : typeSoFar(now, patch);
        var command = new PatchConfig(admitted.config(), type, admitted.validated(), now.configRevision());
        CommandOutcome outcome = submitter.submit(ctx, now.key(), command, id);
        if (!outcome.rejected()) {
            admitted.tell(ctx);
        }
        return outcome;
    }

    private static ConnectorType typeSoFar(ConnectorState now, Map<String, String> patch) {
        String before = now.config().get("connector.class");
        boolean sameClass = patch.getOrDefault("connector.class", before).equals(before);
        return sameClass ? now.type() : ConnectorType.UNKNOWN;
    }

    /** Connect would store another name beside the connector's own, and be of two minds about it for ever. */
    private static void requireSameName(String name, Map<String, String> patch) {
        if (!patch.containsKey("name")) {
            return;
        }
        String included = patch.get("name");
        if (included == null) {
            throw InvalidConfig.refusal(List.of("Missing required configuration \"name\" which has no default value."));
        }
        if (!included.equals(name)) {
            throw Names.mismatch(name, included);
        }
    }

    private static boolean stale(CommandOutcome outcome) {
        return outcome.rejected() && outcome.rejection().code() == RejectionCode.STALE_REVISION;
    }
}
