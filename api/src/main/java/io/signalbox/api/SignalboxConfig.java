package io.signalbox.api;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;
import static org.apache.kafka.common.config.ConfigDef.ValidString.in;

import io.signalbox.api.live.LiveLimits;
import io.signalbox.processor.dataplane.connect.AllowedWorkers;
import io.signalbox.processor.domain.ClusterKey;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Every setting of a replica. Keys with the prefix {@code kafka.} go to all Kafka clients as they are, those with
 * {@code streams.} to Kafka Streams, those with {@code schema.registry.} to the registry's client, {@code connect.ssl.} is for
 * workers. A value may be
 * {@code ${env:NAME}} or {@code ${file:path:key}} where the file sets {@code config.providers}, as in any Kafka client.
 */
public final class SignalboxConfig extends AbstractConfig {

    public static final String BOOTSTRAP = "bootstrap.servers";
    public static final String REGISTRY = "schema.registry.url";
    public static final String HTTP_HOST = "http.host";
    public static final String HTTP_PORT = "http.port";
    public static final String HTTP_NAMES = "http.hosts";
    public static final String ADVERTISED_URL = "advertised.url";
    public static final String APPLICATION_ID = "application.id";
    public static final String TOPIC_PREFIX = "topic.prefix";
    public static final String TOPIC_PARTITIONS = "topic.partitions";
    public static final String TOPIC_REPLICATION = "topic.replication.factor";
    public static final String STATE_DIR = "state.dir";
    public static final String STANDBYS = "standby.replicas";
    public static final String THREADS = "stream.threads";
    public static final String SESSION_TIMEOUT = "session.timeout.ms";
    public static final String DEFAULT_ENVIRONMENT = "default.environment";
    public static final String DEFAULT_CLUSTER = "default.cluster";
    public static final String INTERNAL_SECRET_FILE = "internal.secret.file";
    public static final String KEYSET_FILE = "secrets.keyset.file";
    public static final String KEYSET_KMS = "secrets.keyset.kms.uri";
    public static final String RESOLVE_REFERENCES = "secrets.manager.resolve";
    public static final String COMMAND_TIMEOUT = "command.timeout.ms";
    public static final String SHUTDOWN_DRAIN = "shutdown.drain.ms";
    public static final String UNDELETE_RETENTION = "undelete.retention.ms";
    public static final String STORE_METRICS = "metrics.stores";

    public static final String ACCESS_ENABLED = "access.enabled";
    public static final String ADMIN_KEY_FILE = "access.admin.key.file";
    public static final String JWT_ISSUER = "access.jwt.issuer";
    public static final String JWT_AUDIENCE = "access.jwt.audience";
    public static final String JWT_KEYS_URL = "access.jwt.jwks.url";
    public static final String JWT_KEYS_FILE = "access.jwt.jwks.file";
    public static final String JWT_ALGORITHMS = "access.jwt.algorithms";
    public static final String JWT_GRANTS_CLAIM = "access.jwt.grants.claim";

    public static final String CERTIFICATES_FILE = "access.certificates.file";
    public static final String HTTPS_HOST = "https.host";
    public static final String HTTPS_PORT = "https.port";
    public static final String KEY_STORE = "https.keystore.file";
    public static final String KEY_STORE_PASSWORD = "https.keystore.password";
    public static final String TRUST_STORE = "https.truststore.file";
    public static final String TRUST_STORE_PASSWORD = "https.truststore.password";
    public static final String CLIENT_AUTH = "https.client.auth";

    public static final String INTERNAL_HOST = "internal.host";
    public static final String INTERNAL_PORT = "internal.port";
    public static final String INTERNAL_KEY_STORE = "internal.keystore.file";
    public static final String INTERNAL_KEY_STORE_PASSWORD = "internal.keystore.password";
    public static final String INTERNAL_TRUST_STORE = "internal.truststore.file";
    public static final String INTERNAL_TRUST_STORE_PASSWORD = "internal.truststore.password";
    public static final String INTERNAL_CLIENT_AUTH = "internal.client.auth";

    public static final String EVENT_STREAMS = "events.streams.max";
    public static final String EVENT_CATCH_UPS = "events.catch.ups.max";

    public static final String PIPELINE_BOOTSTRAP = "pipelines.bootstrap.servers";
    public static final String PIPELINE_RETENTION = "pipelines.topics.retention.ms";

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(BOOTSTRAP, LIST, NO_DEFAULT_VALUE, HIGH, "Kafka brokers, host:port, separated by commas.")
            .define(REGISTRY, STRING, NO_DEFAULT_VALUE, HIGH, "URL of a schema registry with Confluent's API.")
            .define(
                    HTTP_HOST,
                    STRING,
                    "127.0.0.1",
                    HIGH,
                    "Address to listen on; 0.0.0.0 for all. Where others than this machine can reach it, something of"
                            + " access.* has to be set.")
            .define(HTTP_PORT, INT, 8083, between(0, 65535), HIGH, "Port to listen on; 0 for any free one.")
            .define(
                    HTTP_NAMES,
                    LIST,
                    "",
                    LOW,
                    "Names by which callers on this machine may ask, beside localhost and 127.0.0.1, such as that of a"
                            + " proxy; only where nobody is asked who he is.")
            .define(
                    ADVERTISED_URL,
                    STRING,
                    "",
                    MEDIUM,
                    "Where other replicas reach this one, https where they ask with TLS; by default the address and"
                            + " port where it listens for them.")
            .define(
                    APPLICATION_ID,
                    STRING,
                    "signalbox",
                    MEDIUM,
                    "Names the group of replicas, and the internal topics.")
            .define(TOPIC_PREFIX, STRING, "signalbox", MEDIUM, "Every topic begins with it.")
            .define(
                    TOPIC_PARTITIONS,
                    INT,
                    12,
                    between(1, 1000),
                    MEDIUM,
                    "Partitions of the topics that are partitioned "
                            + "by the connector. It can never be changed afterwards.")
            .define(
                    TOPIC_REPLICATION,
                    INT,
                    -1,
                    between(-1, 32767),
                    MEDIUM,
                    "Replicas of each topic; -1 for the " + "broker's default.")
            .define(
                    STATE_DIR,
                    STRING,
                    "signalbox-state",
                    MEDIUM,
                    "Directory of the state stores. It may be lost: it is " + "restored from Kafka.")
            .define(STANDBYS, INT, 1, between(0, 10), MEDIUM, "Copies of each state store on other replicas.")
            .define(THREADS, INT, 1, between(1, 64), LOW, "Threads that process commands.")
            .define(
                    SESSION_TIMEOUT,
                    INT,
                    6_000,
                    atLeast(1_000),
                    LOW,
                    "How long a replica may be silent before others " + "take over, in milliseconds.")
            .define(DEFAULT_ENVIRONMENT, STRING, "default", LOW, "Environment of the cluster that is served at /.")
            .define(DEFAULT_CLUSTER, STRING, "local", LOW, "The cluster that is served at /.")
            .define(
                    INTERNAL_SECRET_FILE,
                    STRING,
                    "",
                    MEDIUM,
                    "File with the secret by which replicas know each other. "
                            + "Without it a replica can read its own state only.")
            .define(
                    KEYSET_FILE,
                    STRING,
                    "",
                    HIGH,
                    "File with the keys that seal secrets, the same for all replicas, as Tink writes it in JSON; "
                            + "--new-keyset makes one. Nothing starts without it.")
            .define(
                    KEYSET_KMS,
                    STRING,
                    "",
                    MEDIUM,
                    "URI of the key with which that file is encrypted, such as aws-kms://arn:aws:kms:…; needs the jars"
                            + " of a Tink client for it on the class path. By default the file is in clear.")
            .define(
                    RESOLVE_REFERENCES,
                    BOOLEAN,
                    true,
                    MEDIUM,
                    "Whether ${secretsManager:id:key} in configs is resolved here, from the secrets of Redpanda's API."
                            + " false where workers have a config provider of that name.")
            .define(
                    COMMAND_TIMEOUT,
                    LONG,
                    10_000L,
                    atLeast(100),
                    LOW,
                    "How long a caller waits for the outcome of a "
                            + "command before it is told that the outcome is unknown, in milliseconds.")
            .define(
                    SHUTDOWN_DRAIN,
                    LONG,
                    2_000L,
                    between(0, 60_000),
                    LOW,
                    "How long a replica that was told to stop still answers while it says that it is not ready, so"
                            + " that load balancers notice, in milliseconds.")
            .define(
                    UNDELETE_RETENTION,
                    LONG,
                    2_592_000_000L,
                    atLeast(0),
                    LOW,
                    "How long after its deletion a connector can be had again, in milliseconds.")
            .define(
                    STORE_METRICS,
                    BOOLEAN,
                    false,
                    LOW,
                    "Whether /metrics has what Kafka Streams and RocksDB measure of each store of each partition"
                            + " (kafka_stream_state_*): some eighty numbers for each, 11,000 with 12 partitions.")
            .define(
                    PIPELINE_BOOTSTRAP,
                    LIST,
                    "",
                    MEDIUM,
                    "Kafka brokers of the workers that run pipelines, where they are others than those of"
                            + " bootstrap.servers; by default those. What is set with kafka. holds for them, too.")
            .define(
                    PIPELINE_RETENTION,
                    LONG,
                    604_800_000L,
                    atLeast(-1),
                    MEDIUM,
                    "How long the topics of new pipelines keep what a source wrote, whether or not the sink has read"
                            + " it; -1 for ever. Of a sink that is behind by more than half of it, the status warns.")
            .define(
                    AllowedWorkers.SETTING,
                    LIST,
                    "*",
                    MEDIUM,
                    "Which hosts may be registered and asked as workers: host, *.domain, host:port, https://host:port;"
                            + " * for all. Link-local addresses never are.")
            .define(
                    ACCESS_ENABLED,
                    BOOLEAN,
                    false,
                    HIGH,
                    "Whether callers must say who they are even if nothing else of access.* is set: with access keys"
                            + " that were made before.")
            .define(
                    ADMIN_KEY_FILE,
                    STRING,
                    "",
                    HIGH,
                    "File with id:secret of an access key that may do everything, to make the others with. Callers must"
                            + " then say who they are.")
            .define(
                    JWT_ISSUER,
                    STRING,
                    "",
                    MEDIUM,
                    "Who signs the tokens that are taken, as in their iss. Callers must then say who they are.")
            .define(JWT_AUDIENCE, STRING, "", MEDIUM, "What the tokens' aud must hold; required with an issuer.")
            .define(
                    JWT_KEYS_URL,
                    STRING,
                    "",
                    MEDIUM,
                    "Where the issuer publishes its keys as a JSON Web Key Set; this or the file is required with an"
                            + " issuer.")
            .define(JWT_KEYS_FILE, STRING, "", MEDIUM, "File with the same; read again when it was changed.")
            .define(
                    JWT_ALGORITHMS,
                    LIST,
                    "RS256,ES256",
                    LOW,
                    "By which algorithms tokens may be signed: RS256 to RS512, PS256 to PS512, ES256 to ES512.")
            .define(
                    JWT_GRANTS_CLAIM,
                    STRING,
                    "signalbox_grants",
                    LOW,
                    "The claim of a token that says what its bearer may do: texts such as viewer or editor:prod.")
            .define(
                    CERTIFICATES_FILE,
                    STRING,
                    "",
                    MEDIUM,
                    "File with what callers may do who show a certificate: a line for each subject, such as"
                            + " editor:prod CN=deploy,O=Example.")
            .define(HTTPS_HOST, STRING, "127.0.0.1", MEDIUM, "Address to listen on with TLS.")
            .define(
                    HTTPS_PORT,
                    INT,
                    -1,
                    between(-1, 65535),
                    MEDIUM,
                    "Port to listen on with TLS, beside http.port; -1 for none.")
            .define(KEY_STORE, STRING, "", MEDIUM, "File with the server's key and certificate, PKCS #12.")
            .define(KEY_STORE_PASSWORD, PASSWORD, "", MEDIUM, "Its password.")
            .define(
                    TRUST_STORE,
                    STRING,
                    "",
                    MEDIUM,
                    "File with the certificates of those who sign callers' certificates, PKCS #12.")
            .define(TRUST_STORE_PASSWORD, PASSWORD, "", MEDIUM, "Its password.")
            .define(
                    CLIENT_AUTH,
                    STRING,
                    "none",
                    in("none", "want", "need"),
                    MEDIUM,
                    "Whether callers are asked for a certificate (want), or not served without one (need).")
            .define(
                    INTERNAL_HOST,
                    STRING,
                    "127.0.0.1",
                    MEDIUM,
                    "Address to listen on for other replicas, where internal.port is set.")
            .define(
                    INTERNAL_PORT,
                    INT,
                    -1,
                    between(-1, 65535),
                    MEDIUM,
                    "Port to listen on for other replicas, and nobody else; they are then not heard on the other"
                            + " ports. -1 for none: they come in by http.port.")
            .define(
                    INTERNAL_KEY_STORE,
                    STRING,
                    "",
                    MEDIUM,
                    "File with the key and certificate by which the other replicas know this one, PKCS #12. They then"
                            + " ask each other with TLS.")
            .define(INTERNAL_KEY_STORE_PASSWORD, PASSWORD, "", MEDIUM, "Its password.")
            .define(
                    INTERNAL_TRUST_STORE,
                    STRING,
                    "",
                    MEDIUM,
                    "File with the certificates of those who sign replicas' certificates, PKCS #12; required with TLS.")
            .define(INTERNAL_TRUST_STORE_PASSWORD, PASSWORD, "", MEDIUM, "Its password.")
            .define(
                    INTERNAL_CLIENT_AUTH,
                    STRING,
                    "need",
                    in("none", "need"),
                    LOW,
                    "Whether a replica that asks has to show a certificate, too (need), beside the internal secret.")
            .define(
                    EVENT_STREAMS,
                    INT,
                    LiveLimits.DEFAULT.streams(),
                    between(1, 10_000),
                    LOW,
                    "How many callers may follow the events over HTTP at once.")
            .define(
                    EVENT_CATCH_UPS,
                    INT,
                    LiveLimits.DEFAULT.catchUps(),
                    between(1, 100),
                    LOW,
                    "How many of them may read what is no longer in memory at once; further ones wait for their turn. "
                            + "Each takes up to 8 MB.");

    static {
        ConfluentConfig.define(DEFINITION);
        FeedConfig.define(DEFINITION);
        LimitsConfig.define(DEFINITION);
        RedpandaConfig.define(DEFINITION);
    }

    private static final SettingNames NAMES = new SettingNames(DEFINITION.names());

    private SignalboxConfig(Map<String, ?> values) {
        super(DEFINITION, values, false);
    }

    /**
     * @param file settings from a file
     * @param environment of the process: {@code SIGNALBOX_HTTP_PORT} overrides {@code http.port}, and so on
     *     A variable that is no setting is told in the log and passed over: orchestrators make some of their own, such as
     *     Kubernetes for a service of that name.
     * @throws ConfigException naming the setting that is missing or wrong, or that does not exist
     */
    public static SignalboxConfig of(Properties file, Map<String, String> environment) {
        NAMES.require(file.stringPropertyNames());
        Map<String, Object> values = new TreeMap<>();
        file.stringPropertyNames().forEach(name -> values.put(name, file.getProperty(name)));
        values.putAll(NAMES.in(environment));
        return new SignalboxConfig(values);
    }

    /** Those of the Kafka that the workers use, as they can be reached from here. */
    public List<String> pipelineBrokers() {
        List<String> brokers = getList(PIPELINE_BOOTSTRAP);
        return brokers.isEmpty() ? getList(BOOTSTRAP) : brokers;
    }

    public ClusterKey defaultCluster() {
        try {
            return new ClusterKey(getString(DEFAULT_ENVIRONMENT), getString(DEFAULT_CLUSTER));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(DEFAULT_ENVIRONMENT + " or " + DEFAULT_CLUSTER + ": " + e.getMessage());
        }
    }

    /** Settings for every Kafka client. */
    Map<String, Object> kafka() {
        Map<String, Object> settings = new TreeMap<>();
        // All of it is at /metrics: some ten thousand beans, and a second of each start, for nobody.
        settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.putAll(originalsWithPrefix("kafka."));
        settings.put(BOOTSTRAP, String.join(",", getList(BOOTSTRAP)));
        return settings;
    }

    /** Settings for Kafka Streams on top of those for every client. */
    Map<String, Object> streams() {
        return originalsWithPrefix("streams.");
    }

    /** Settings for the schema registry's client. */
    Map<String, Object> registry() {
        Map<String, Object> settings = new TreeMap<>();
        // Without it the registry's client takes the certificate of anybody whom it trusts for the registry's.
        settings.put("schema.registry.ssl.endpoint.identification.algorithm", "https");
        settings.putAll(originalsWithPrefix("schema.registry.", false));
        return settings;
    }

    /** Settings of TLS for workers, named as a Kafka client's: {@code ssl.truststore.location} and the like. */
    Map<String, Object> workers() {
        Map<String, Object> settings = new TreeMap<>();
        originalsWithPrefix("connect.ssl.").forEach((name, value) -> settings.put("ssl." + name, value));
        return settings;
    }

    /** Every setting with its default and what it means, for {@code --help}. */
    static String describe() {
        var text = new StringBuilder();
        DEFINITION
                .configKeys()
                .values()
                .forEach(key -> text.append("  ")
                        .append(key.name)
                        .append(
                                key.defaultValue == NO_DEFAULT_VALUE
                                        ? " (required)"
                                        : "".equals(key.defaultValue) ? "" : " (" + key.defaultValue + ")")
                        .append("\n      ")
                        .append(key.documentation)
                        .append('\n'));
        return text.toString();
    }
}
