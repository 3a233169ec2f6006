package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.api.dialect.confluent.Enrichment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfluentConfigTest {

    private static ConfluentConfig config(Map<String, String> settings) {
        var all = new Properties();
        all.put("bootstrap.servers", "kafka-1:9093,kafka-2:9093");
        all.put("schema.registry.url", "http://registry:8081");
        all.putAll(settings);
        return new ConfluentConfig(SignalboxConfig.of(all, Map.of()));
    }

    @Test
    void by_default_reads_show_the_brokers() {
        assertThat(config(Map.of()).enrichment())
                .isEqualTo(new Enrichment("aws", "local", "PLAINTEXT://kafka-1:9093,kafka-2:9093"));
        assertThat(config(Map.of("kafka.security.protocol", "SASL_SSL"))
                        .enrichment()
                        .endpoint())
                .startsWith("SASL_SSL://kafka-1");
        assertThat(config(Map.of(
                                "confluent.cloud.provider", "gcp",
                                "confluent.kafka.region", "here",
                                "confluent.kafka.endpoint", "SASL_SSL://k:1"))
                        .enrichment())
                .isEqualTo(new Enrichment("gcp", "here", "SASL_SSL://k:1"));
        assertThatThrownBy(() -> config(Map.of("confluent.cloud.provider", "moon")))
                .isInstanceOf(ConfigException.class);
    }

    @Test
    void a_file_adds_classes_and_what_is_wrong_with_it_is_named(@TempDir Path directory) throws IOException {
        assertThat(config(Map.of()).classes()).isNotNull();
        Path file = Files.writeString(directory.resolve("classes.properties"), "Own=a.B\n");
        assertThat(config(Map.of("confluent.classes.file", file.toString())).classes())
                .isNotNull();
        Files.writeString(file, "Own=nonsense\n");
        assertThatThrownBy(() -> config(Map.of("confluent.classes.file", file.toString()))
                        .classes())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("confluent.classes.file: the value of Own");
        assertThatThrownBy(() -> config(Map.of(
                                "confluent.classes.file",
                                directory.resolve("none").toString()))
                        .classes())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("confluent.classes.file: the file cannot be read");
    }
}
