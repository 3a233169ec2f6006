package io.signalbox.processor.domain;

/**
 * Places that a command waits for, or has reserved.
 *
 * @param asked the offset, in the partition of the connector, at which it was found to need them
 * @param arrived the offset, in the partition of the quota, of the request
 */
public record PlaceRequest(ConnectorKey connector, String commandId, long asked, long arrived, Places wanted) {

    boolean of(ConnectorKey key, String id) {
        return connector.equals(key) && commandId.equals(id);
    }
}
