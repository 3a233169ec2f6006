package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.standalone.Http;
import org.junit.jupiter.api.Test;

class WorkerIT {

    @Test
    void the_promised_connectors_are_installed() throws Exception {
        String plugins = Http.get(RealParts.shared().worker().url() + "/connector-plugins")
                .body();

        assertThat(plugins)
                .contains("org.apache.kafka.connect.file.FileStreamSourceConnector")
                .contains("org.apache.kafka.connect.file.FileStreamSinkConnector")
                .contains("io.debezium.connector.postgresql.PostgresConnector")
                .contains("io.debezium.connector.jdbc.JdbcSinkConnector");
    }
}
