package io.signalbox.api.dialect.confluent;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.api.dialect.Admission;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.PluginCheck;
import io.signalbox.api.dialect.TaskConfigs;
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
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Confluent Cloud's connect/v1, below {@code /connect/v1/environments/{environment_id}/clusters/{kafka_cluster_id}}: the same
 * commands and reads as Kafka Connect's API, for tools that know Confluent Cloud. {@code docs/dialects.md} says where it differs.
 */
public final class ConfluentDialect implements Dialect {

    /** Without these words Terraform takes a 403 to mean that the connector is gone, forgets it, and would create it anew. */
    private static final String FORBIDDEN = " (invalid API key for this)";

    private final Base base = new ConfluentBase();
    private final ConnectorQueries queries;
    private final DataPlane dataPlane;
    private final Submitter submitter;
    private final Admission admission;
    private final Lookup lookup;
    private final Plugins plugins;
    private final ManagedConfig managed;
    private final ConnectorJson connectors;
    private final TaskConfigs tasks;
    private final PluginCheck check;
    private final InstantSource clock;

    /**
     * @param standard the default cluster, for advice where it is not registered
     * @param classes which class stands for which managed one
     * @param enrichment what is added to each config that is read
     * @param nanoClock as {@link System#nanoTime()}
     * @param clock tells when offsets were observed
     */
    public ConfluentDialect(
            ClusterKey standard,
            Submitter submitter,
            ConnectorQueries queries,
            Clusters clusters,
            DataPlane dataPlane,
            ConfigValidation validation,
            Secrets secrets,
            ManagedClasses classes,
            Enrichment enrichment,
            LongSupplier nanoClock,
            InstantSource clock) {
        this.queries = queries;
        this.dataPlane = dataPlane;
        this.submitter = submitter;
        this.clock = clock;
        admission = new Admission(validation, secrets);
        lookup = new Lookup(queries, clusters, standard);
        plugins = new Plugins(new WorkerFacts(dataPlane, nanoClock), classes);
        managed = new ManagedConfig(plugins, enrichment);
        connectors = new ConnectorJson(managed, secrets);
        tasks = new TaskConfigs(dataPlane, secrets::maskOfTasks);
        check = new PluginCheck(lookup, dataPlane, secrets);
    }

    @Override
    public String name() {
        return "confluent";
    }

    @Override
    public String prefix() {
        return ConfluentBase.PREFIX;
    }

    /** Both forms that Confluent Cloud has: each of its clients looks for one of them. */
    @Override
    public void error(JsonGenerator json, Failure failure) throws IOException {
        String message = failure.status() == 403 ? failure.message() + FORBIDDEN : failure.message();
        json.writeStartObject();
        json.writeNumberField("error_code", failure.status());
        json.writeStringField("message", message);
        json.writeObjectFieldStart("error");
        json.writeNumberField("code", failure.status());
        json.writeStringField("message", message);
        json.writeEndObject();
        json.writeEndObject();
    }

    @Override
    public void routes(Routes routes) {
        new ListResource(base, lookup, connectors).routes(routes);
        new ConnectorResource(base, lookup, submitter, connectors).routes(routes);
        new CreateResource(base, lookup, admission, submitter, managed, connectors).routes(routes);
        new ConfigResource(base, lookup, admission, submitter, managed, connectors).routes(routes);
        new LifecycleResource(base, lookup, submitter).routes(routes);
        new TasksResource(base, lookup, tasks, managed).routes(routes);
        new OffsetsResource(base, lookup, queries, dataPlane, clock).routes(routes);
        new OffsetsRequestResource(base, lookup, queries, submitter).routes(routes);
        new RecommendationsResource(base, lookup).routes(routes);
        new PluginsResource(base, lookup, plugins, check).routes(routes);
    }
}
