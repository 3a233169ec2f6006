package io.signalbox.api;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;
import static org.apache.kafka.common.config.ConfigDef.ValidString.in;

import io.signalbox.api.dialect.confluent.Enrichment;
import io.signalbox.api.dialect.confluent.ManagedClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** What of the dialect of Confluent Cloud can be set. */
final class ConfluentConfig {

    static final String CLASSES_FILE = "confluent.classes.file";
    static final String PROVIDER = "confluent.cloud.provider";
    static final String REGION = "confluent.kafka.region";
    static final String ENDPOINT = "confluent.kafka.endpoint";

    private final SignalboxConfig config;

    ConfluentConfig(SignalboxConfig config) {
        this.config = config;
    }

    static void define(ConfigDef definition) {
        definition
                .define(
                        CLASSES_FILE,
                        STRING,
                        "",
                        LOW,
                        "File with more managed classes for Confluent's API: Java properties, such as GcsSink=the.java.Class.")
                .define(
                        PROVIDER,
                        STRING,
                        "aws",
                        in("aws", "azure", "gcp"),
                        LOW,
                        "What configs read by Confluent's API show as cloud.provider; its clients know no other.")
                .define(REGION, STRING, "local", LOW, "What they show as kafka.region.")
                .define(
                        ENDPOINT,
                        STRING,
                        "",
                        MEDIUM,
                        "What they show as kafka.endpoint; by default the brokers of bootstrap.servers.");
    }

    /** @throws ConfigException when the file cannot be read, or a line of it is no class */
    ManagedClasses classes() {
        String file = config.getString(CLASSES_FILE);
        if (file.isEmpty()) {
            return ManagedClasses.standard();
        }
        var lines = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(file))) {
            lines.load(reader);
            return ManagedClasses.standard().with(lines);
        } catch (IOException e) {
            throw new ConfigException(CLASSES_FILE + ": the file cannot be read: " + e);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(CLASSES_FILE + ": " + e.getMessage());
        }
    }

    Enrichment enrichment() {
        String endpoint = config.getString(ENDPOINT);
        return new Enrichment(
                config.getString(PROVIDER), config.getString(REGION), endpoint.isEmpty() ? brokers() : endpoint);
    }

    private String brokers() {
        var protocol = config.kafka().getOrDefault("security.protocol", "PLAINTEXT");
        return protocol.toString().toUpperCase(Locale.ROOT) + "://"
                + String.join(",", config.getList(SignalboxConfig.BOOTSTRAP));
    }
}
