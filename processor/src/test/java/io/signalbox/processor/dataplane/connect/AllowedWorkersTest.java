package io.signalbox.processor.dataplane.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedWorkersTest {

    @ParameterizedTest
    @CsvSource({
        "connect, http://connect:8083",
        "connect, https://CONNECT/base",
        "CONNECT:8083, http://connect:8083",
        "connect:80, http://connect",
        "connect:443, https://connect",
        "https://connect, https://connect:9",
        "https://connect:8443/, https://connect:8443",
        "connect-*, http://connect-17:8083",
        "connect-*.prod, http://connect-17.prod:8083",
        "*.prod.svc, http://a.b.prod.svc:8083",
        "10.0.0.1, http://10.0.0.1:8083",
        "10.0.0.*, http://10.0.0.7:8083",
        "[::1]:8083, http://[::1]:8083",
        "*, http://anything:1",
        "https://*, https://anything:1"
    })
    void what_is_listed_may_be_asked(String entry, String url) {
        assertThat(AllowedWorkers.of(List.of("other", entry)).refusal(URI.create(url)))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "connect, http://connect.evil:8083",
        "connect, http://evil-connect:8083",
        "connect:8083, http://connect:8084",
        "connect:8083, http://connect",
        "https://connect, http://connect",
        "connect-*, http://connect-1.evil",
        "*.prod, http://prod:8083",
        "*.prod, http://a.prod.evil:8083",
        "a.b, http://axb:8083",
        "https://*, http://anything"
    })
    void nothing_else_may(String entry, String url) {
        var worker = URI.create(url);
        assertThat(AllowedWorkers.of(List.of(entry)).refusal(worker))
                .isEqualTo(AllowedWorkers.hostAndPort(worker)
                        + " is not among the workers that clusters.urls.allowed allows");
        assertThat(AllowedWorkers.of(List.of()).refusal(worker)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254",
                "http://169.254.0.1:8083/latest",
                "http://[fe80::1]:8083",
                "http://[::ffff:169.254.169.254]",
                "http://[fd00:ec2::254]",
                "http://100.100.100.200"
            })
    void where_clouds_tell_credentials_nobody_is_sent(String url) {
        assertThat(AllowedWorkers.ANY.refusal(URI.create(url)))
                .endsWith(" is no worker: its address is link-local, or of a cloud's metadata");
    }

    @Test
    void a_name_is_asked_for_only_when_somebody_connects() {
        var unknown = URI.create("http://no-such-host.invalid:8083");
        assertThat(AllowedWorkers.ANY.refusal(unknown)).isNull();
        assertThat(AllowedWorkers.ANY.refusalOfAddress(unknown)).isNull();
        assertThat(AllowedWorkers.ANY.refusalOfAddress(URI.create("http://localhost:8083")))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ftp://connect", "connect/path", "user@connect", "a b", "http://", "connect:x", "10.0.0.0/8"
            })
    void what_is_no_entry_is_named(String entry) {
        assertThatThrownBy(() -> AllowedWorkers.of(List.of(entry)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("clusters.urls.allowed: " + entry);
    }
}
