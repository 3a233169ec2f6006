package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingNamesTest {

    private static SignalboxConfig with(Map<String, String> file, Map<String, String> environment) {
        var properties = new Properties();
        properties.put("bootstrap.servers", "kafka-1:9093");
        properties.put("schema.registry.url", "http://registry:8081");
        properties.putAll(file);
        return SignalboxConfig.of(properties, environment);
    }

    @ParameterizedTest
    @CsvSource({
        "http.prot, http.port",
        "acess.admin.key.file, access.admin.key.file",
        "standby.replica, standby.replicas",
        "state-dir, state.dir",
    })
    void a_slip_of_the_hand_is_told_with_what_was_meant(String wrong, String right) {
        assertThatThrownBy(() -> with(Map.of(wrong, "s3cret"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("no such setting: " + wrong + " (did you mean " + right + "?); --help lists them all");
    }

    @Test
    void all_that_do_not_exist_are_told_at_once() {
        assertThatThrownBy(() -> with(Map.of("rest.advertised.host.name", "a", "http.hsot", "b"), Map.of()))
                .hasMessage("no such setting: http.hsot (did you mean http.host?), rest.advertised.host.name;"
                        + " --help lists them all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.sasl.mechanism",
                "streams.num.standby.replicas",
                "schema.registry.basic.auth.user.info",
                "connect.ssl.truststore.location",
                "config.providers",
                "config.providers.file.class",
            })
    void what_other_libraries_know_is_theirs_to_judge(String name) {
        assertThat(new SettingNames(Set.of("http.port")).has(name)).isTrue();
    }

    @Test
    void variables_set_what_exists_and_orchestrators_may_make_others() {
        var config = with(
                Map.of("http.port", "1"),
                Map.of(
                        "SIGNALBOX_HTTP_PORT", "2",
                        "SIGNALBOX_KAFKA_SASL_MECHANISM", "PLAIN",
                        "SIGNALBOX_JAVA_OPTIONS", "-Xmx1g",
                        "SIGNALBOX_SERVICE_HOST", "10.0.0.1",
                        "HTTP_HOST", "0.0.0.0"));
        assertThat(config.getInt("http.port")).isEqualTo(2);
        assertThat(config.kafka()).containsEntry("sasl.mechanism", "PLAIN");
        assertThat(config.originals()).doesNotContainKeys("service.host", "java.options");
        assertThat(config.getString("http.host")).isEqualTo("127.0.0.1");
    }
}
