package io.signalbox.fault;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What an answer says of the connector. Whatever it does not say is null, and is not checked.
 *
 * @param revision of the connector, as in its ETag
 * @param configRevision of its config, as in the config's ETag
 * @param config the mark that the load put into the config
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Seen(Long revision, Long configRevision, TargetState targetState, String config) {

    boolean fits(Connector now) {
        return now.active()
                && (revision == null || revision == now.revision())
                && (configRevision == null || configRevision == now.configRevision())
                && saysTheSame(now);
    }

    /** As {@link #fits}, whatever the revisions. */
    boolean saysTheSame(Connector now) {
        return (targetState == null || targetState == now.targetState())
                && (config == null || config.equals(now.config()));
    }
}
