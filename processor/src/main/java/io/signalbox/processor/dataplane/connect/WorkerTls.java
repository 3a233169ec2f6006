package io.signalbox.processor.dataplane.connect;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * How workers are known where they are reached by https, and how this side is to them. Settings are named, and files read, as
 * by Kafka's own clients: JKS, PKCS #12 or PEM.
 */
public final class WorkerTls {

    /** As the JVM has it. */
    public static final WorkerTls DEFAULT = new WorkerTls(null, null);

    private static final String PREFIX = "connect.";
    private static final ConfigDef DEFINITION = new ConfigDef().withClientSslSupport();

    private final SSLContext context;
    private final SSLParameters parameters;

    private WorkerTls(SSLContext context, SSLParameters parameters) {
        this.context = context;
        this.parameters = parameters;
    }

    /**
     * @param settings {@code ssl.truststore.location} and the like, which are set as {@code connect.ssl.truststore.location}
     * @throws ConfigException naming the setting that is wrong
     */
    public static WorkerTls of(Map<String, ?> settings) {
        if (settings.isEmpty()) {
            return DEFAULT;
        }
        settings.keySet().forEach(WorkerTls::requireKnown);
        var values = DEFINITION.parse(settings);
        if (!"https"
                .equalsIgnoreCase(
                        String.valueOf(values.get(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG)))) {
            throw new ConfigException(PREFIX + SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG
                    + ": the names of workers are always checked; give them certificates with their names");
        }
        requireReadable(values, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG);
        requireReadable(values, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);
        var parameters = new SSLParameters();
        parameters.setProtocols(texts(values, SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG));
        parameters.setCipherSuites(texts(values, SslConfigs.SSL_CIPHER_SUITES_CONFIG));
        return new WorkerTls(context(values), parameters);
    }

    void apply(HttpClient.Builder http) {
        if (context != null) {
            // The client checks the name on a certificate by itself.
            http.sslContext(context).sslParameters(parameters);
        }
    }

    private static SSLContext context(Map<String, Object> values) {
        try {
            // Closing it would take the context away.
            var factory = new DefaultSslEngineFactory();
            factory.configure(values);
            return factory.sslContext();
        } catch (KafkaException e) {
            var trusted = values.get(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG);
            boolean trust = trusted != null && e.getMessage().contains(trusted.toString());
            throw new ConfigException(PREFIX
                    + (trust ? "ssl.truststore.*: " : "ssl.*: ")
                    + e.getMessage()
                    + (e.getCause() == null ? "" : ": " + e.getCause().getMessage()));
        }
    }

    private static void requireKnown(String name) {
        if (!DEFINITION.names().contains(name) || name.equals(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG)) {
            throw new ConfigException(PREFIX + name + " is not known: after connect. there are the names of Kafka's own"
                    + " clients, such as " + SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG);
        }
    }

    private static void requireReadable(Map<String, Object> values, String name) {
        var file = (String) values.get(name);
        if (file != null && !Files.isReadable(Path.of(file))) {
            throw new ConfigException(PREFIX + name + ": cannot read " + file);
        }
    }

    /** @return null where it is not set */
    private static String[] texts(Map<String, Object> values, String name) {
        var texts = (List<?>) values.get(name);
        return texts == null || texts.isEmpty()
                ? null
                : texts.stream().map(Object::toString).toArray(String[]::new);
    }
}
