package io.signalbox.processor.dataplane.systems.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.domain.Config;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    private static final Config SOURCE =
            Config.of(Map.of("database.hostname", "db", "database.user", "me", "database.password", " pw "));

    @Test
    void a_source_is_told_by_debeziums_settings() {
        assertThat(Address.of(SOURCE)).isEqualTo(new Address("db", 3306, "me", " pw ", "preferred"));
        assertThat(Address.of(SOURCE.with("database.hostname", "[::1]")).toString())
                .isEqualTo("[::1]:3306");
    }

    @ParameterizedTest
    @ValueSource(strings = {"db/app?socketFactory=evil", "db:1/x", "a,b", "", "/var/run", "a#b", "[::1"})
    void a_source_names_no_more_than_a_host(String host) {
        assertThatThrownBy(() -> Address.of(SOURCE.with("database.hostname", host)))
                .isInstanceOf(SystemException.class);
    }

    @ParameterizedTest
    @CsvSource({"database.port, 70000", "database.port, x", "database.user, ''", "database.ssl.mode, maybe"})
    void what_cannot_be_is_refused(String setting, String value) {
        assertThatThrownBy(() -> Address.of(SOURCE.with(setting, value))).isInstanceOf(SystemException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "disabled, disable, disable",
        "required, trust, trust",
        "verify_ca, verify-ca, verify-ca",
        "verify_identity, verify-full, verify-full",
        "preferred, trust, disable"
    })
    void encryption_is_asked_for_in_the_words_of_the_other_one(String mysql, String offered, String not) {
        assertThat(Tls.ofMariaDb(mysql, true)).isEqualTo(offered);
        assertThat(Tls.ofMariaDb(mysql, false)).isEqualTo(not);
        if (!mysql.equals("preferred")) {
            assertThat(Address.of(SOURCE.with("database.ssl.mode", offered)).sslMode())
                    .isEqualTo(mysql);
        }
    }
}
