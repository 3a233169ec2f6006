package io.signalbox.api.dialect.supermetal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.api.dialect.Base;
import io.signalbox.api.dialect.Lookup;
import io.signalbox.api.dialect.supermetal.mapping.Mapper;
import io.signalbox.api.http.Dialect;
import io.signalbox.api.http.Failure;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.query.Clusters;
import io.signalbox.api.query.ConnectorQueries;
import io.signalbox.api.query.Pipelines;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.api.validation.ConfigValidation;
import io.signalbox.processor.dataplane.systems.Systems;
import io.signalbox.processor.domain.ClusterKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The API of Supermetal's agent, whose connectors have a source and a sink: pipelines. {@code docs/pipelines.md} says what becomes of
 * each of their fields. As with Kafka Connect's API, each cluster has one.
 */
public final class SupermetalDialect implements Dialect {

    private static final Pattern PATHS =
            Pattern.compile("(?:/environments/[^/]+/clusters/[^/]+)?/(?:api/v1/.*|snapshots/?)");

    private final List<SupermetalBase> bases;
    private final Submitter submitter;
    private final Lookup lookup;
    private final Pipelines pipelines;
    private final Definitions definitions;
    private final Mapper mapper;
    private final Databases databases;
    private final PluginTrial plugins;
    private final SecureRandom random;
    private final InstantSource clock;

    /**
     * @param standard the cluster whose agent is at the root
     * @param brokers of the Kafka of Signalbox and of the workers, with commas between
     * @param retentionMs how long topics between a source and a sink keep rows; -1 for ever
     */
    public SupermetalDialect(
            ClusterKey standard,
            String brokers,
            long retentionMs,
            Submitter submitter,
            ConnectorQueries queries,
            Clusters clusters,
            Pipelines pipelines,
            ConfigValidation validation,
            Secrets secrets,
            Systems systems,
            SecureRandom random,
            InstantSource clock) {
        bases = List.of(new SupermetalBase(Base.root(standard)), new SupermetalBase(Base.named()));
        this.submitter = submitter;
        lookup = new Lookup(queries, clusters, standard);
        this.pipelines = pipelines;
        mapper = new Mapper(brokers, retentionMs);
        definitions = new Definitions(secrets, mapper);
        databases = new Databases(systems, secrets);
        plugins = new PluginTrial(validation, secrets, clock);
        this.random = random;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "supermetal";
    }

    @Override
    public String prefix() {
        return "/api/v1/";
    }

    @Override
    public boolean renders(String path) {
        return PATHS.matcher(path).matches();
    }

    @Override
    public void error(JsonGenerator json, Failure failure) throws IOException {
        ErrorJson.write(json, failure);
    }

    @Override
    public void routes(Routes routes) {
        var ends = new Ends(mapper);
        for (SupermetalBase base : bases) {
            var found = new PipelineLookup(base, lookup, pipelines);
            new ConnectorsResource(base, found, definitions, submitter).routes(routes);
            new ConnectorResource(base, found, definitions, submitter).routes(routes);
            new CommandResource(base, found, submitter).routes(routes);
            new HistoryResource(base, found).routes(routes);
            new DebugResource(base, found, definitions, mapper).routes(routes);
            new CatalogResource(base, found, definitions, ends, databases).routes(routes);
            new ValidateResource(base, found, definitions, ends, databases, plugins, clock).routes(routes);
            new SshKeysResource(base, found, random).routes(routes);
            new TasksResource(base, found, submitter).routes(routes);
        }
    }
}
