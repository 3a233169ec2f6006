package io.signalbox.fault;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One event of the lifecycle log: a line of a history, too.
 *
 * @param event the record's name without its namespace
 * @param revision the event's number for its key, from 1
 * @param targetState of a connector that was created or adopted; null otherwise
 * @param config the mark in the config that it brings; null when it brings none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LogEvent(String event, String key, long revision, String commandId, TargetState targetState, String config) {

    LogEvent withRevision(long other) {
        return new LogEvent(event, key, other, commandId, targetState, config);
    }
}
