package io.signalbox.api.dialect.redpanda;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.api.dialect.Admission;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.WorkerFacts;
import io.signalbox.api.http.Dialect;
import io.signalbox.api.http.Failure;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.query.Clusters;
import io.signalbox.api.query.ConnectorQueries;
import io.signalbox.api.query.DataPlane;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.api.validation.ConfigValidation;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.secrets.StoredSecrets;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * One version of the Kafka Connect service of Redpanda's data plane, with its secrets: the same commands and reads as Kafka Connect's
 * API, for what knows Redpanda. {@code docs/dialects.md} says where it differs.
 */
public final class RedpandaDialect implements Dialect {

    private final RedpandaBase base;
    private final Bodies bodies;
    private final ErrorJson errors;
    private final Clusters clusters;
    private final DataPlane dataPlane;
    private final Submitter submitter;
    private final Admission admission;
    private final Lookup lookup;
    private final WorkerFacts facts;
    private final ConnectorJson connectors;
    private final Secrets secrets;
    private final StoredSecrets stored;

    /**
     * @param standard the cluster that is called {@code redpanda}; the others are in its environment
     * @param nanoClock as {@link System#nanoTime()}
     */
    public RedpandaDialect(
            Version version,
            Bodies bodies,
            ClusterKey standard,
            Submitter submitter,
            ConnectorQueries queries,
            Clusters clusters,
            DataPlane dataPlane,
            ConfigValidation validation,
            Secrets secrets,
            StoredSecrets stored,
            LongSupplier nanoClock) {
        base = new RedpandaBase(version, standard);
        this.bodies = bodies;
        this.clusters = clusters;
        this.dataPlane = dataPlane;
        this.submitter = submitter;
        errors = new ErrorJson(bodies);
        admission = new Admission(validation, secrets);
        lookup = new Lookup(queries, clusters, standard);
        facts = new WorkerFacts(dataPlane, nanoClock);
        connectors = new ConnectorJson(secrets);
        this.secrets = secrets;
        this.stored = stored;
    }

    @Override
    public String name() {
        return "redpanda";
    }

    @Override
    public String prefix() {
        return base.version().prefix();
    }

    @Override
    public Failure told(Failure failure) {
        return Words.told(failure);
    }

    @Override
    public void error(JsonGenerator json, Failure failure) throws IOException {
        errors.write(json, failure);
    }

    @Override
    public void routes(Routes routes) {
        new ConnectorsResource(base, bodies, lookup, admission, submitter, connectors).routes(routes);
        new ConnectorResource(base, bodies, lookup, submitter, connectors).routes(routes);
        new ConfigResource(base, bodies, lookup, admission, submitter, connectors).routes(routes);
        new LifecycleResource(base, lookup, submitter).routes(routes);
        new TopicsResource(base, lookup, dataPlane).routes(routes);
        new SecretsResource(base, lookup, submitter, secrets, stored).routes(routes);
        new ClustersResource(base, bodies, clusters, lookup, facts).routes(routes);
    }
}
