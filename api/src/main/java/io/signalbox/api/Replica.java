package io.signalbox.api;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.signalbox.api.access.NewKeys;
import io.signalbox.api.access.SecretHash;
import io.signalbox.api.access.TableAccessKeys;
import io.signalbox.api.command.EarlyAnswers;
import io.signalbox.api.command.KafkaCommandGateway;
import io.signalbox.api.command.KafkaFollowUps;
import io.signalbox.api.command.KafkaReports;
import io.signalbox.api.dialect.confluent.ConfluentDialect;
import io.signalbox.api.dialect.kafkaconnect.KafkaConnectDialect;
import io.signalbox.api.dialect.redpanda.RedpandaDialect;
import io.signalbox.api.dialect.redpanda.Version;
import io.signalbox.api.dialect.signalbox.SignalboxDialect;
import io.signalbox.api.dialect.supermetal.SupermetalDialect;
import io.signalbox.api.http.Dialect;
import io.signalbox.api.http.HttpServer;
import io.signalbox.api.http.HttpSettings;
import io.signalbox.api.http.Listener;
import io.signalbox.api.http.Submitter;
import io.signalbox.api.http.TlsClient;
import io.signalbox.api.live.LifecycleFeed;
import io.signalbox.api.live.LiveLimits;
import io.signalbox.api.openapi.DocumentRoutes;
import io.signalbox.api.query.DirectoryClusters;
import io.signalbox.api.query.DriverDataPlane;
import io.signalbox.api.query.InternalRoutes;
import io.signalbox.api.query.LocalStores;
import io.signalbox.api.query.Owners;
import io.signalbox.api.query.Peers;
import io.signalbox.api.query.ReadAhead;
import io.signalbox.api.query.ReadIndex;
import io.signalbox.api.query.ReplicaOutlooks;
import io.signalbox.api.query.Standbys;
import io.signalbox.api.query.StreamsQueries;
import io.signalbox.api.query.TablePipelines;
import io.signalbox.api.secrets.Secrets;
import io.signalbox.api.validation.ConfigValidation;
import io.signalbox.processor.codec.Codecs;
import io.signalbox.processor.dataplane.ClusterDirectory;
import io.signalbox.processor.dataplane.CompactedTable;
import io.signalbox.processor.dataplane.DriverRegistry;
import io.signalbox.processor.dataplane.Reconciler;
import io.signalbox.processor.dataplane.SecretDirectory;
import io.signalbox.processor.dataplane.SecretResealing;
import io.signalbox.processor.dataplane.Timing;
import io.signalbox.processor.dataplane.connect.AllowedWorkers;
import io.signalbox.processor.dataplane.connect.ConnectDrivers;
import io.signalbox.processor.dataplane.connect.Limits;
import io.signalbox.processor.dataplane.connect.WorkerTls;
import io.signalbox.processor.dataplane.feed.KeptOffsets;
import io.signalbox.processor.dataplane.systems.KnownSystems;
import io.signalbox.processor.domain.AccessKey;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.secrets.References;
import io.signalbox.processor.topology.ConnectorTopology;
import io.signalbox.processor.topology.FaultPoints;
import io.signalbox.processor.topology.OpenPartitions;
import io.signalbox.processor.topology.PacedClients;
import io.signalbox.processor.topology.TopicNames;
import io.signalbox.schemas.AvroWire;
import io.signalbox.schemas.KnownIds;
import io.signalbox.schemas.SchemaRegistrar;
import io.signalbox.schemas.TopicAdmin;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One replica: every part made, connected, started and stopped in order. Wiring only. */
public final class Replica implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);
    private static final Duration LOG_END = Duration.ofSeconds(5);
    private static final Duration SECRETS_LOOK = Duration.ofSeconds(5);

    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final KafkaCommandGateway gateway;
    private final ClusterDirectory directory;
    private final CompactedTable<AccessKey> accessTable;
    private final SecretDirectory storedSecrets;
    private final SecretResealing secretResealing;
    private final CompactedTable<PipelineState> pipelineTable;
    private final ConnectDrivers connectDrivers;
    private final Reconciler reconciler;
    private final PipelineParts pipelines;
    private final KafkaStreams streams;
    private final Standbys standbys;
    private final DeadOwners deadOwners;
    private final LifecycleFeed feed;
    private final BringUp bringUp;
    private final Health health;
    private final CleanStop closed;
    private final Duration drain;
    private final HttpServer http;
    private final MetricsBinder meters;

    /**
     * Takes the port at once and the work as soon as Kafka and the registry are there.
     *
     * @param faults {@link FaultPoints#NONE} but in tests
     * @throws org.apache.kafka.common.config.ConfigException naming the setting that is wrong
     * @throws io.signalbox.api.http.CannotListenException when the port cannot be taken
     */
    public Replica(SignalboxConfig config, FaultPoints faults) {
        // Before the clients are made, which have a lot to say about a broker that is away.
        var hop = new HopConfig(config);
        var limits = new LimitsConfig(config);
        var listen = new HttpSettings(
                new Listener(
                        SignalboxConfig.HTTP_PORT,
                        config.getString(SignalboxConfig.HTTP_HOST),
                        config.getInt(SignalboxConfig.HTTP_PORT),
                        null),
                new TlsConfig(config).read(),
                hop.listener(),
                limits.requests(),
                limits.rate(),
                limits.readLines());
        var self = hop.address();
        var workers = WorkerTls.of(config.workers());
        var allowed = AllowedWorkers.of(config.getList(AllowedWorkers.SETTING));
        HttpServer.requireFree(listen);
        var topics = new TopicNames(config.getString(SignalboxConfig.TOPIC_PREFIX));
        int partitions = config.getInt(SignalboxConfig.TOPIC_PARTITIONS);
        var secret = Secret.read(config.getString(SignalboxConfig.INTERNAL_SECRET_FILE));
        var standard = config.defaultCluster();
        var sealer = KeySetFile.read(config);
        // What is wrong is said alone; this may have a warning to add.
        var doorkeeper = new Doorkeeper(config);
        doorkeeper.check();
        var confluent = new ConfluentConfig(config);
        var managedClasses = confluent.classes();
        drain = Duration.ofMillis(config.getLong(SignalboxConfig.SHUTDOWN_DRAIN));
        meters = new MetricsBinder(metrics, config.getBoolean(SignalboxConfig.STORE_METRICS));

        var registry = new KnownIds(config.getString(SignalboxConfig.REGISTRY), config.registry());
        var codecs = new Codecs(topics, new AvroWire(registry));
        var clients = new KafkaClients(config);
        var feeds = new FeedConfig(config).feeds(clients);
        admin = clients.admin();
        producer = meters.bind(clients.producer());
        var open = new OpenPartitions(Replica::newId);
        var early = new EarlyAnswers(open, this::settled, key -> Owners.partitionOf(key, partitions));
        gateway = new KafkaCommandGateway(
                producer,
                meters.bind(clients.outcomes()),
                codecs,
                Duration.ofMillis(config.getLong(SignalboxConfig.COMMAND_TIMEOUT)),
                early);
        directory = new ClusterDirectory(
                meters.bind(clients.clusters(codecs.clusterStates().deserializer())), topics.clusters());
        accessTable = new CompactedTable<>(
                "signalbox-access",
                meters.bind(clients.accessKeys(codecs.accessKeys().deserializer())),
                topics.access());
        storedSecrets = new SecretDirectory(
                meters.bind(clients.secrets(codecs.storedSecrets().deserializer())), topics.secrets());
        var references = config.getBoolean(SignalboxConfig.RESOLVE_REFERENCES)
                ? References.to(storedSecrets, sealer)
                : References.NONE;
        pipelineTable = new CompactedTable<>(
                "signalbox-pipelines",
                meters.bind(clients.pipelines(codecs.pipelines().deserializer())),
                topics.pipelines());
        connectDrivers = new ConnectDrivers(Limits.DEFAULT, workers, allowed);
        var drivers = new DriverRegistry(directory, connectDrivers);
        var reports = new KafkaReports(producer, codecs, Replica::newId, "reconciler@" + text(self), early);
        reconciler = new Reconciler(
                meters.bind(clients.connectors(codecs.connectorStates().deserializer())),
                topics.connectors(),
                directory,
                drivers,
                reports,
                Timing.of(System::nanoTime, () -> ThreadLocalRandom.current().nextDouble()),
                sealer,
                storedSecrets,
                references,
                feeds);
        secretResealing = new SecretResealing(storedSecrets, sealer, reconciler::owns, reports::resealed, SECRETS_LOOK);

        streams = new KafkaStreams(
                ConnectorTopology.build(
                        codecs,
                        open,
                        gateway.answers(),
                        new KafkaFollowUps(producer, codecs, partitions),
                        reconciler::decided,
                        faults),
                clients.streams(text(self)),
                new PacedClients(open.pace()));
        streams.setUncaughtExceptionHandler(failure -> {
            LOG.error("action=replace-stream-thread", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        closed = new CleanStop(
                Path.of(config.getString(SignalboxConfig.STATE_DIR)), config.getString(SignalboxConfig.APPLICATION_ID));
        meters.bind(streams);

        var logEnd = new ReadIndex(admin, topics.lifecycle(), config.getString(SignalboxConfig.APPLICATION_ID));
        feed = new LifecycleFeed(
                meters.bind(clients.lifecycle("signalbox-live", "none")),
                () -> clients.lifecycle("signalbox-catch-up", "earliest"),
                codecs.events(),
                topics.lifecycle(),
                partition -> logEnd.end(partition, LOG_END),
                LiveLimits.DEFAULT.with(
                        config.getInt(SignalboxConfig.EVENT_STREAMS), config.getInt(SignalboxConfig.EVENT_CATCH_UPS)),
                System::nanoTime,
                metrics);

        bringUp = new BringUp(
                new TopicAdmin(
                        admin,
                        topics.prefix(),
                        partitions,
                        config.getInt(SignalboxConfig.TOPIC_REPLICATION).shortValue()),
                new SchemaRegistrar(registry, topics.prefix()),
                this::startAll);
        health = new Health(
                bringUp,
                streams,
                gateway,
                directory,
                accessTable,
                storedSecrets,
                pipelineTable,
                feed,
                reconciler::start);

        var index = new ReadIndex(admin, topics.commands(), config.getString(SignalboxConfig.APPLICATION_ID));
        var local = new LocalStores(open, index);
        standbys = new Standbys(streams, open, System::nanoTime);
        deadOwners = new DeadOwners(admin, streams, config.getString(SignalboxConfig.APPLICATION_ID));
        var owners = new Owners(streams, topics, partitions);
        var peers = new Peers(secret, hop.tls() == null ? null : TlsClient.of(hop.tls()));
        var queries = new ReadAhead(new StreamsQueries(local, standbys, owners, peers, index, self));
        var clustersEnd = new ReadIndex(admin, topics.clusters(), config.getString(SignalboxConfig.APPLICATION_ID));
        var clusters = new DirectoryClusters(directory, patience -> clustersEnd.end(0, patience));
        var systems = new KnownSystems(Clock.systemUTC());
        var dataPlane = new DriverDataPlane(
                drivers, new KeptOffsets(feeds, cluster -> reconciler.feeds().getOrDefault(cluster, false)));
        pipelines = new PipelineParts(
                clients,
                pipelineTable,
                reconciler::owns,
                queries,
                gateway,
                new KafkaReports(producer, codecs, Replica::newId, "conductor@" + text(self), early),
                systems,
                dataPlane,
                sealer,
                references);
        metrics.getPrometheusRegistry().register(new PipelinesMetric(pipelines::counts));
        metrics.getPrometheusRegistry().register(new FeedMetric(reconciler::feeds));
        metrics.getPrometheusRegistry().register(new SecretsMetric(List.of(reconciler::secrets, pipelines::secrets)));
        var validation = new ConfigValidation(dataPlane);
        var secrets = new Secrets(sealer, references, clusters, dataPlane);
        var submitter = new Submitter(gateway, Replica::newId);
        var accessKeys = new TableAccessKeys(accessTable);
        var random = new SecureRandom();
        List<Dialect> dialects = new ArrayList<>(List.of(
                new KafkaConnectDialect(
                        standard,
                        submitter,
                        queries,
                        clusters,
                        dataPlane,
                        validation,
                        secrets,
                        health,
                        System::nanoTime,
                        Clock.systemUTC()),
                new SignalboxDialect(
                        submitter,
                        clusters,
                        allowed,
                        queries,
                        validation,
                        secrets,
                        Duration.ofMillis(config.getLong(SignalboxConfig.UNDELETE_RETENTION)),
                        feed,
                        feed,
                        new ReplicaOutlooks(reconciler::outlook, owners, peers, self),
                        accessKeys,
                        new NewKeys(random, new SecretHash(random, SecretHash.ITERATIONS)),
                        System::nanoTime,
                        Clock.systemUTC()),
                new ConfluentDialect(
                        standard,
                        submitter,
                        queries,
                        clusters,
                        dataPlane,
                        validation,
                        secrets,
                        managedClasses,
                        confluent.enrichment(),
                        System::nanoTime,
                        Clock.systemUTC()),
                new SupermetalDialect(
                        standard,
                        String.join(",", config.pipelineBrokers()),
                        config.getLong(SignalboxConfig.PIPELINE_RETENTION),
                        submitter,
                        queries,
                        clusters,
                        new TablePipelines(pipelineTable),
                        validation,
                        secrets,
                        systems,
                        random,
                        Clock.systemUTC()),
                new DocumentRoutes(),
                new InternalRoutes(local, standbys, reconciler::outlook, secret)));
        for (Version version : Version.values()) {
            dialects.add(new RedpandaDialect(
                    version,
                    RedpandaConfig.bodies(config),
                    config.defaultCluster(),
                    submitter,
                    queries,
                    clusters,
                    dataPlane,
                    validation,
                    secrets,
                    storedSecrets,
                    System::nanoTime));
        }
        http = new HttpServer(
                listen,
                dialects,
                doorkeeper.guard(accessKeys, random, metrics),
                health,
                metrics,
                newId().substring(0, 8));
    }

    public void start() {
        bringUp.start();
    }

    public int port() {
        return http.port();
    }

    private void startAll() {
        gateway.start();
        directory.start();
        accessTable.start();
        storedSecrets.start();
        pipelineTable.start();
        if (!closed.take()) {
            streams.cleanUp();
        }
        streams.start();
        standbys.start();
        deadOwners.start();
        secretResealing.start();
        pipelines.start();
        feed.start();
    }

    private static String text(HostInfo host) {
        return host.host() + ":" + host.port();
    }

    private boolean settled() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    /** Says that it stops, then stops taking requests, hands over the work, and leaves its groups at once. */
    @Override
    public void close() {
        drain();
        http.close();
        bringUp.stop();
        Together.end(
                this::closeStreams,
                reconciler::close,
                pipelines::close,
                secretResealing::close,
                standbys::close,
                deadOwners::close,
                gateway::close,
                feed::close,
                directory::close,
                accessTable::close,
                storedSecrets::close,
                pipelineTable::close);
        // What the others wrote or asked with until now.
        Together.end(
                connectDrivers::close,
                () -> producer.close(Duration.ofSeconds(5)),
                () -> admin.close(Duration.ofSeconds(5)));
        meters.close();
    }

    private void closeStreams() {
        boolean started = streams.state() != KafkaStreams.State.CREATED;
        boolean ended = streams.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(Duration.ofSeconds(20)));
        if (started && ended) {
            closed.put();
        }
    }

    /** Still answers for a while. To one that never was ready nobody sends requests. */
    private void drain() {
        boolean ready = health.waitingFor().isEmpty();
        health.stop();
        feed.drain();
        if (!ready || drain.isZero()) {
            return;
        }
        LOG.info("action=stop drain_ms={}", drain.toMillis());
        try {
            Thread.sleep(drain);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
