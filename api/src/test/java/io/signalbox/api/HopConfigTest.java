package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.api.http.Certificates;
import io.signalbox.api.http.TlsSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HopConfigTest {

    private String keys;
    private String certificates;
    private String nonsense;

    @BeforeAll
    void makeFiles(@TempDir Path directory) throws Exception {
        var made =
                new Certificates(directory).key("one", "CN=one", "ip:127.0.0.1").trust("replicas", "one");
        keys = made.file("one");
        certificates = made.file("replicas");
        nonsense = Files.writeString(directory.resolve("nonsense"), "nonsense").toString();
    }

    private static SignalboxConfig config(String... settings) {
        var properties = new Properties();
        properties.setProperty("bootstrap.servers", "localhost:9092");
        properties.setProperty("schema.registry.url", "http://localhost:8081");
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty(settings[i], settings[i + 1]);
        }
        return SignalboxConfig.of(properties, Map.of());
    }

    private HopConfig secure(String... more) {
        String[] all = {
            "internal.port",
            "8084",
            "internal.keystore.file",
            keys,
            "internal.keystore.password",
            Certificates.PASSWORD,
            "internal.truststore.file",
            certificates,
            "internal.truststore.password",
            Certificates.PASSWORD
        };
        String[] settings = new String[all.length + more.length];
        System.arraycopy(all, 0, settings, 0, all.length);
        System.arraycopy(more, 0, settings, all.length, more.length);
        return new HopConfig(config(settings));
    }

    private static HopConfig plain(String... settings) {
        return new HopConfig(config(settings));
    }

    private static void refused(HopConfig hop, String beginning) {
        assertThatThrownBy(() -> {
                    hop.listener();
                    hop.address();
                })
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(beginning)
                .hasMessageNotContaining(Certificates.PASSWORD);
    }

    @Test
    void by_default_replicas_come_in_by_http_port_without_tls() {
        assertThat(plain().listener()).isNull();
        assertThat(plain().tls()).isNull();
        assertThat(plain("http.port", "8093").address()).isEqualTo(new HostInfo("127.0.0.1", 8093));
        assertThat(plain("advertised.url", "http://box-1:8083").address()).isEqualTo(new HostInfo("box-1", 8083));
    }

    @Test
    void with_a_port_of_their_own_they_come_in_there() {
        var hop = plain("internal.port", "8084", "internal.host", "127.0.0.2");
        assertThat(hop.listener().port()).isEqualTo(8084);
        assertThat(hop.listener().tls()).isNull();
        assertThat(hop.address()).isEqualTo(new HostInfo("127.0.0.2", 8084));
    }

    @Test
    void with_keys_they_speak_tls_and_show_a_certificate_unless_that_is_turned_off() {
        assertThat(secure().listener().tls().clients()).isEqualTo(TlsSettings.Clients.NEED);
        assertThat(secure().address()).isEqualTo(new HostInfo("127.0.0.1", 8084));
        assertThat(secure("advertised.url", "https://box-1:8084").address()).isEqualTo(new HostInfo("box-1", 8084));
        assertThat(secure("internal.client.auth", "none").tls().clients()).isEqualTo(TlsSettings.Clients.NONE);
        assertThat(secure().listener()).asString().doesNotContain(Certificates.PASSWORD);
    }

    @Test
    void half_of_what_tls_needs_is_refused() {
        refused(secure("internal.port", "-1"), "internal.port is missing");
        refused(secure("internal.truststore.file", ""), "internal.truststore.file is missing");
        refused(secure("internal.keystore.file", ""), "internal.keystore.file is missing");
    }

    @Test
    void a_file_that_is_not_what_it_should_be_is_named_with_its_setting() {
        refused(secure("internal.keystore.file", "/none"), "internal.keystore.file: cannot read /none");
        refused(secure("internal.keystore.file", nonsense), "internal.keystore.file: " + nonsense);
        refused(secure("internal.keystore.file", certificates), "internal.keystore.file: " + certificates);
        refused(secure("internal.keystore.password", "wrong"), "internal.keystore.password does not open " + keys);
        refused(secure("internal.truststore.file", keys), "internal.truststore.file: " + keys);
        refused(secure("internal.truststore.password", "wrong"), "internal.truststore.password does not open");
    }

    @Test
    void an_address_where_the_others_would_not_find_it_is_refused() {
        refused(secure("advertised.url", "http://box-1:8084"), "Invalid value http://box-1:8084 for configuration adv");
        refused(
                plain("advertised.url", "https://box-1:8083"),
                "Invalid value https://box-1:8083 for configuration adv");
        refused(plain("advertised.url", "http://box-1"), "Invalid value http://box-1 for configuration advertised.url");
        refused(plain("advertised.url", "http://a b:1"), "Invalid value http://a b:1 for configuration advertised.url");
        refused(plain("internal.port", "8084", "internal.host", "0.0.0.0"), "advertised.url is missing");
    }
}
