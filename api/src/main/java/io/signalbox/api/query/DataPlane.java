package io.signalbox.api.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What only a Kafka Connect worker itself can answer. A worker that cannot just now, because its group rebalances for
 * instance, is asked again until the patience is over; what it said in the meantime is nobody's business.
 */
public interface DataPlane {

    /**
     * @param status the worker's HTTP status
     * @param body the worker's body; a null node when it had none
     * @param worker {@code host:port} of the worker that answered
     */
    record Reply(int status, JsonNode body, String worker) {}

    /** The worker's version, commit and Kafka cluster id: {@code GET /}. */
    Reply info(ClusterKey cluster, Duration patience);

    /** {@code GET /connector-plugins}. */
    Reply plugins(ClusterKey cluster, boolean connectorsOnly, Duration patience);

    /** {@code PUT /connector-plugins/{plugin}/config/validate}; a null value in the config is sent as it is. */
    Reply validate(ClusterKey cluster, String plugin, Map<String, String> config, Duration patience);

    /** {@code GET /connectors/{connector}/tasks}. */
    Reply tasks(ConnectorKey connector, Duration patience);

    /**
     * {@code GET /connectors/{connector}/offsets}.
     *
     * @return a JSON array of {@code {"partition":…,"offset":…}} (KIP-875); empty when the worker does not know the connector
     */
    Optional<String> offsets(ConnectorKey connector, Duration patience);

    /** As {@link #offsets}; where no worker answers, or none has time, from where the cluster keeps them, if that can be read. */
    default Optional<String> latestOffsets(ConnectorState connector, Duration patience) {
        return offsets(connector.key(), patience);
    }

    /** {@code GET /connectors/{connector}/topics}. */
    Reply topics(ClusterKey cluster, String connector, Duration patience);

    /** {@code PUT /connectors/{connector}/topics/reset}. */
    Reply resetTopics(ClusterKey cluster, String connector, Duration patience);

    /**
     * {@code GET /connector-plugins/{plugin}/config}.
     *
     * @param version null for the newest
     */
    Reply pluginConfig(ClusterKey cluster, String plugin, String version, Duration patience);

    /** {@code GET /admin/loggers} of the first worker, as they are registered, that can be reached. */
    Reply loggers(ClusterKey cluster, Duration patience);

    /** {@code GET /admin/loggers/{logger}}, as {@link #loggers}. */
    Reply logger(ClusterKey cluster, String logger, Duration patience);

    /**
     * {@code PUT /admin/loggers/{logger}}, as {@link #loggers}.
     *
     * @param scope null for the worker's choice
     */
    Reply setLogger(ClusterKey cluster, String logger, Map<String, String> level, String scope, Duration patience);

    /** No worker of the cluster answered in time, or it was busy all the time, or what it answered was no JSON. */
    final class AwayException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public AwayException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
