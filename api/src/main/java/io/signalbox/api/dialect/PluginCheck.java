package io.signalbox.api.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.http.Access;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.query.DataPlane;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.api.validation.WorkerWords;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.Mask;
import io.signalbox.processor.secrets.References.Resolved;
import io.signalbox.processor.secrets.UnresolvedException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** A config that a worker checks because a caller wants to know, and for nothing else. */
public final class PluginCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Lookup lookup;
    private final DataPlane dataPlane;
    private final Secrets secrets;

    public PluginCheck(Lookup lookup, DataPlane dataPlane, Secrets secrets) {
        this.lookup = lookup;
        this.dataPlane = dataPlane;
        this.secrets = secrets;
    }

    /**
     * @param plugin as the worker's path wants it
     * @param shows whether secrets are shown, as {@link Secrets#shows} says
     * @return the worker's {@code ConfigInfos}, as it is to be shown
     * @throws Refusal 400 in the worker's words when it would not look at it, or when the config refers to a stored secret that is not
     *     there; 503 when it is in trouble
     */
    public JsonNode ask(Context ctx, ClusterKey cluster, String plugin, Map<String, String> config, boolean shows) {
        var asked = resolved(cluster, inClear(ctx, cluster, config));
        var reply = dataPlane.validate(cluster, plugin, asked.config(), PATIENCE);
        return switch (reply.status()) {
            case 200 ->
                secrets.ofCheck(cluster, config, asked, reply.body(), shows).check(reply.body());
            case 400, 404, 500 ->
                throw Refusal.bad(secrets.redactor(cluster, asked, Secrets.kept(config), Set.of())
                        .redact(WorkerWords.message(reply)));
            default -> throw Relay.trouble(cluster, "answer", reply);
        };
    }

    /** Who may check a config here may create a connector with it, which then has what it refers to. */
    private Resolved resolved(ClusterKey cluster, Map<String, String> inClear) {
        try {
            return secrets.resolved(cluster, inClear);
        } catch (UnresolvedException e) {
            throw InvalidConfig.refusal(e.problems());
        }
    }

    /** A config that was read here, and so has masks, is checked with the secrets of the connector that it names. */
    private Map<String, String> inClear(Context ctx, ClusterKey cluster, Map<String, String> config) {
        String name = config.get("name");
        Secrets.refuseSealed(config);
        if (name == null || config.values().stream().noneMatch(Mask::keeps) || !Names.legal(name)) {
            return config;
        }
        // The check goes where the config says, with these secrets.
        Access.require(ctx, new Place(cluster.environment(), cluster.cluster(), name));
        return secrets.inClear(cluster.connector(name), config, () -> lookup.config(cluster, name));
    }
}
