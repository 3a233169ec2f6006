package io.signalbox.api.access;

import io.signalbox.processor.domain.AccessKeyId;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.PipelineKey;
import io.signalbox.processor.domain.QuotaKey;
import io.signalbox.processor.domain.SecretId;

/**
 * What a request is about: everything, an environment, a cluster or a connector.
 *
 * @param environment null for all
 * @param cluster null for all of the environment
 * @param connector null for all of the cluster
 */
public record Place(String environment, String cluster, String connector) {

    public static final Place EVERYWHERE = new Place(null, null, null);

    /** Of a key that lets somebody in: everywhere, because it may be for any place. */
    public static Place of(AggregateKey key) {
        return switch (key) {
            case AccessKeyId id -> EVERYWHERE;
            case ClusterKey cluster -> new Place(cluster.environment(), cluster.cluster(), null);
            case SecretId secret -> new Place(secret.environment(), secret.cluster(), null);
            case QuotaKey quota -> new Place(quota.environment(), null, null);
            case PipelineKey pipeline -> new Place(pipeline.environment(), pipeline.cluster(), pipeline.topics());
            case ConnectorKey connector ->
                new Place(connector.environment(), connector.cluster(), connector.connector());
        };
    }

    /** As it is told to callers. */
    @Override
    public String toString() {
        if (environment == null) {
            return "everything";
        }
        return environment + (cluster == null ? "" : "/" + cluster) + (connector == null ? "" : "/" + connector);
    }
}
