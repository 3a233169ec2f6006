package io.signalbox.api.dialect.kafkaconnect;

import io.signalbox.api.dialect.Admission;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.WorkerFacts;
import io.signalbox.api.http.Dialect;
import io.signalbox.api.http.Readiness;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.query.Clusters;
import io.signalbox.api.query.ConnectorQueries;
import io.signalbox.api.query.DataPlane;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.api.validation.ConfigValidation;
import io.signalbox.processor.domain.ClusterKey;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Kafka Connect's own REST API, at the root for the default cluster and below {@code /environments/{env}/clusters/{cluster}}
 * for each other one. Where it differs from a worker, {@code docs/kafka-connect.md} says so.
 */
public final class KafkaConnectDialect implements Dialect {

    private final ClusterKey standard;
    private final Submitter submitter;
    private final Lookup lookup;
    private final DataPlane dataPlane;
    private final Admission admission;
    private final Secrets secrets;
    private final WorkerFacts facts;
    private final Readiness readiness;
    private final ConnectorQueries queries;
    private final InstantSource clock;

    /**
     * @param standard the cluster that is served at the root
     * @param nanoClock as {@link System#nanoTime()}
     * @param clock tells how old an observation is
     */
    public KafkaConnectDialect(
            ClusterKey standard,
            Submitter submitter,
            ConnectorQueries queries,
            Clusters clusters,
            DataPlane dataPlane,
            ConfigValidation validation,
            Secrets secrets,
            Readiness readiness,
            LongSupplier nanoClock,
            InstantSource clock) {
        this.standard = standard;
        this.submitter = submitter;
        this.lookup = new Lookup(queries, clusters, standard);
        this.dataPlane = dataPlane;
        this.admission = new Admission(validation, secrets);
        this.secrets = secrets;
        this.facts = new WorkerFacts(dataPlane, nanoClock);
        this.readiness = readiness;
        this.queries = queries;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "kafka-connect";
    }

    @Override
    public String prefix() {
        return "";
    }

    @Override
    public void routes(Routes routes) {
        routes(routes, Base.root(standard));
        routes(routes, Base.named());
    }

    /** What is asked most comes first. */
    private void routes(Routes routes, Base base) {
        new ConnectorResource(base, lookup, submitter, secrets).routes(routes);
        new ListResource(base, lookup, secrets).routes(routes);
        new CreateResource(base, lookup, admission, submitter, secrets).routes(routes);
        new ConfigResource(base, lookup, admission, submitter, secrets).routes(routes);
        new PatchResource(base, lookup, admission, submitter, secrets).routes(routes);
        new LifecycleResource(base, lookup, submitter).routes(routes);
        new RestartResource(base, lookup, submitter).routes(routes);
        new OffsetsResource(base, lookup, queries, dataPlane, submitter, clock).routes(routes);
        new TasksResource(base, lookup, dataPlane, secrets).routes(routes);
        new TopicsResource(base, lookup, dataPlane).routes(routes);
        new InternalResource(base).routes(routes);
        new LoggersResource(base, lookup, dataPlane).routes(routes);
        new PluginsResource(base, lookup, facts, dataPlane, secrets).routes(routes);
        new RootResource(base, lookup, facts, readiness).routes(routes);
    }
}
