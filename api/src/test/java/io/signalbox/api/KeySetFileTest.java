package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.signalbox.processor.domain.ConnectorKey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KeySetFileTest {

    private static final ConnectorKey ORDERS = new ConnectorKey("default", "local", "orders");

    @TempDir
    Path directory;

    @Test
    void a_replica_without_a_key_set_says_how_to_make_one() {
        assertThatThrownBy(() -> KeySetFile.read(settings("", "")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("secrets.keyset.file", "signalbox --new-keyset FILE");
        assertThatThrownBy(() -> KeySetFile.read(settings("/no/such/file", "")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("/no/such/file");
    }

    @Test
    void a_service_without_a_client_is_named_with_the_setting() {
        Path file = directory.resolve("keyset.json");
        assertThat(signalbox("--new-keyset", file)).isZero();
        assertThatThrownBy(() -> KeySetFile.read(settings(file.toString(), "aws-kms://key")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("secrets.keyset.file", "aws-kms://key");
    }

    @Test
    void keys_are_made_added_and_promoted_from_the_command_line() throws Exception {
        Path file = directory.resolve("keyset.json");
        assertThat(signalbox("--new-keyset", file)).isZero();
        var made = Files.readString(file);
        var before = KeySetFile.read(settings(file.toString(), ""));
        assertThat(signalbox("--new-keyset", file))
                .as("it is never overwritten")
                .isEqualTo(1);
        assertThat(Files.readString(file)).isEqualTo(made);
        assertThat(signalbox("--add-key", file)).isZero();
        assertThat(KeySetFile.read(settings(file.toString(), "")).primaryKeyId())
                .isEqualTo(before.primaryKeyId());
        assertThat(signalbox("--promote-key", file)).isZero();
        var after = KeySetFile.read(settings(file.toString(), ""));
        assertThat(after.primaryKeyId()).isNotEqualTo(before.primaryKeyId());
        assertThat(after.open(ORDERS, "password", before.seal(ORDERS, "password", "hunter2")))
                .isEqualTo("hunter2");
    }

    /** A file would be there with its owner and mode, and the container's user is another one. */
    @Test
    void compose_gives_the_key_set_to_whoever_the_container_runs_as() throws Exception {
        var compose =
                new YAMLMapper().readTree(Path.of("../docker/compose.yaml").toFile());
        assertThat(compose.path("secrets").properties())
                .allSatisfy(secret -> assertThat(
                                secret.getValue().path("environment").asText())
                        .startsWith("SIGNALBOX_"));
        assertThat(compose.path("secrets").has("keyset")).isTrue();
    }

    private static int signalbox(String option, Path file) {
        return new CommandLine(new Signalbox())
                .setErr(new PrintWriter(new StringWriter()))
                .execute(option, file.toString());
    }

    private static SignalboxConfig settings(String file, String kms) {
        var properties = new Properties();
        properties.putAll(Map.of(
                "bootstrap.servers",
                "localhost:9092",
                "schema.registry.url",
                "http://localhost:8081",
                "secrets.keyset.file",
                file,
                "secrets.keyset.kms.uri",
                kms));
        return SignalboxConfig.of(properties, Map.of());
    }
}
