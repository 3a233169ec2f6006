package io.signalbox.api.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.query.DataPlane;
import io.signalbox.api.secrets.WorkerMask;
import io.signalbox.api.validation.WorkerWords;
import io.signalbox.processor.domain.ConnectorState;
import java.time.Duration;
import java.util.function.Function;

/** The configs of a connector's tasks: it makes them on its worker, so only a worker knows them. */
public final class TaskConfigs {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final DataPlane dataPlane;
    private final Function<ConnectorState, WorkerMask> masks;

    /** @param masks how those of a connector are shown */
    public TaskConfigs(DataPlane dataPlane, Function<ConnectorState, WorkerMask> masks) {
        this.dataPlane = dataPlane;
        this.masks = masks;
    }

    /**
     * @return an array of {@code {"id":{"connector":…,"task":…},"config":{…}}} as it is to be shown; empty when the worker has
     *     yet to hear of the connector
     * @throws Refusal 400 in the worker's words; 503 when it is in trouble
     */
    public JsonNode of(ConnectorState state) {
        var key = state.key();
        var reply = dataPlane.tasks(key, PATIENCE);
        return switch (reply.status()) {
            case 200 -> masks.apply(state).tasks(reply.body());
            case 404 -> Json.MAPPER.createArrayNode();
            case 400 -> throw Refusal.bad(WorkerWords.message(reply));
            default -> throw Relay.trouble(key.clusterKey(), "tell the tasks of connector " + key.connector(), reply);
        };
    }
}
