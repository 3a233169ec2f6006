package io.signalbox.processor.dataplane.systems.postgres;

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

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db/app, db, 5432, app, prefer",
        "jdbc:postgresql://db.example.com:6543/my%20app?sslmode=verify-full&options=-c%20lock_timeout%3D5, db.example.com, 6543,"
                + " my app, verify-full",
        "jdbc:postgresql://[::1]:5433/app, ::1, 5433, app, prefer",
        "jdbc:postgresql://10.0.0.1/a%2Fb%3Fc, 10.0.0.1, 5432, a/b?c, prefer"
    })
    void of_a_sinks_url_only_these_parts_are_used(String url, String host, int port, String database, String mode) {
        assertThat(sink(url)).isEqualTo(new Address(host, port, database, "me", "pw", mode));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://a,b/app",
                "jdbc:postgresql:app",
                "jdbc:postgresql://user:pw@host/app",
                "jdbc:postgresql:///app",
                "jdbc:postgresql://-host/app",
                "jdbc:postgresql://host:70000/app",
                "jdbc:postgresql://host/",
                "jdbc:postgresql://host/app?sslmode=yes",
                "jdbc:mysql://host/app"
            })
    void anything_else_is_refused(String url) {
        assertThatThrownBy(() -> sink(url)).isInstanceOf(SystemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"db/app?socketFactory=evil", "db:1/x", "db app", "", "/var/run", "a#b", "[::1"})
    void a_source_names_no_more_than_a_host(String host) {
        assertThatThrownBy(() -> source(host)).isInstanceOf(SystemException.class);
    }

    @Test
    void a_source_is_told_by_debeziums_settings() {
        assertThat(source("db")).isEqualTo(new Address("db", 5432, "app", "me", "", "prefer"));
        assertThat(source("::1").toString()).isEqualTo("[::1]:5432");
    }

    private static Address source(String host) {
        return Address.ofSource(
                Config.of(Map.of("database.hostname", host, "database.dbname", "app", "database.user", "me")));
    }

    private static Address sink(String url) {
        return Address.ofSink(
                Config.of(Map.of("connection.url", url, "connection.username", "me", "connection.password", "pw")));
    }
}
