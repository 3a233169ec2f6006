package io.signalbox.api.dialect.redpanda;

import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.Admission;
import io.signalbox.api.dialect.KeptLists;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.http.Access;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.Command.CreateConnector;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.TargetState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /connectors}: pages of them, in the order of their names, and creation. */
final class ConnectorsResource {

    private static final int KEPT_BYTES = 8 << 20;

    private record Wanted(int size, boolean secrets) {}

    private final RedpandaBase base;
    private final Bodies bodies;
    private final Lookup lookup;
    private final Admission admission;
    private final Submitter submitter;
    private final ConnectorJson connectors;
    private final KeptLists<Wanted> lists;

    ConnectorsResource(
            RedpandaBase base,
            Bodies bodies,
            Lookup lookup,
            Admission admission,
            Submitter submitter,
            ConnectorJson connectors) {
        this.base = base;
        this.bodies = bodies;
        this.lookup = lookup;
        this.admission = admission;
        this.submitter = submitter;
        this.connectors = connectors;
        lists = new KeptLists<>(lookup, KEPT_BYTES);
    }

    void routes(Routes routes) {
        String path = base.template() + "/connectors";
        routes.get(path, base.withinCluster(Role.VIEWER), this::list)
                .post(path, base.withinCluster(Role.EDITOR), this::create);
    }

    private void list(Context ctx) throws IOException {
        var page = PageRequest.of(ctx);
        var cluster = base.cluster(ctx);
        boolean shows = connectors.shows(cluster);
        // First pages are what everybody asks for.
        Optional<Wanted> wanted = page.after() == null ? Optional.of(new Wanted(page.size(), shows)) : Optional.empty();
        lists.answer(ctx, cluster, wanted, () -> page(ctx, cluster, page, shows));
    }

    private Json.Writer page(Context ctx, ClusterKey cluster, PageRequest page, boolean shows) {
        List<ConnectorState> found = lookup.all(ctx, cluster, page.selection());
        boolean more = found.size() > page.size();
        List<ConnectorState> shown = more ? found.subList(0, page.size()) : found;
        return json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("connectors");
            for (ConnectorState state : shown) {
                connectors.entry(json, state, shows);
            }
            json.writeEndArray();
            json.writeStringField(
                    "next_page_token",
                    more ? PageRequest.token(shown.getLast().key().connector()) : "");
            json.writeEndObject();
        };
    }

    private void create(Context ctx) throws IOException {
        submitter.commandId(ctx);
        var cluster = lookup.cluster(base.cluster(ctx));
        var request = Body.read(ctx, CreateRequest::read);
        String name = request.name();
        // Before the cluster is asked anything about it.
        Access.require(ctx, new Place(cluster.key().environment(), cluster.key().cluster(), name));
        requireClass(request.config());
        var admitted = admission.admit(ctx, cluster, name, request.config(), () -> lookup.config(cluster.key(), name));
        var command = new CreateConnector(
                Config.of(admitted.config()), TargetState.RUNNING, admitted.type(), admitted.validated(), null);
        var outcome = submitter.submit(ctx, cluster.key().connector(name), command);
        var created = Words.OUTCOMES.connector(name, outcome);
        admitted.tell(ctx);
        ctx.res().setHeader("Location", base.location(cluster.key(), name));
        Answer.json(ctx, 201, bodies.wrapped(base.version(), "connector", json -> connectors.spec(json, created)));
    }

    static void requireClass(Map<String, String> config) {
        if (config.getOrDefault("connector.class", "").isEmpty()) {
            throw Refusal.bad("connector class is not set");
        }
    }
}
