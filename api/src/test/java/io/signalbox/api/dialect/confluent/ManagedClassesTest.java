package io.signalbox.api.dialect.confluent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class ManagedClassesTest {

    private static Properties line(String name, String type) {
        var lines = new Properties();
        lines.put(name, type);
        return lines;
    }

    @Test
    void several_names_may_stand_for_one_class() {
        var classes = ManagedClasses.standard();
        assertThat(classes.javaClass("GcsSink")).contains("io.confluent.connect.gcs.GcsSinkConnector");
        assertThat(classes.names("io.debezium.connector.mysql.MySqlConnector"))
                .containsExactly("MySqlCdcSource", "MySqlCdcSourceV2");
        assertThat(classes.javaClass("gcssink")).isEmpty();
        assertThat(classes.names("a.B")).isEmpty();
    }

    @Test
    void lines_of_ones_own_are_added_and_count_more() {
        var classes = ManagedClasses.standard()
                .with(line("Own", " a.b.C$D "))
                .with(line("PostgresSink", "io.debezium.connector.jdbc.JdbcSinkConnector"));
        assertThat(classes.javaClass("Own")).contains("a.b.C$D");
        assertThat(classes.javaClass("PostgresSink")).contains("io.debezium.connector.jdbc.JdbcSinkConnector");
        assertThat(classes.javaClass("GcsSink")).isPresent();
    }

    @Test
    void what_is_no_class_is_named() {
        for (String wrong : new String[] {"", "Simple", "a..B", "a.B; rm"}) {
            assertThatThrownBy(() -> ManagedClasses.standard().with(line("Own", wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("the value of Own must be");
        }
    }
}
