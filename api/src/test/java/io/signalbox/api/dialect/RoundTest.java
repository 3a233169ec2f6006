package io.signalbox.api.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.Fixture.Reply;
import io.signalbox.processor.domain.RunState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One connector, walked round through all dialects: each changes it, all others see that, and the log says who it was. */
class RoundTest {

    private static final String CONNECT = "/connectors";
    private static final String OURS = "/signalbox/v1/environments/default/clusters/local/connectors";
    private static final String CONFLUENT = "/connect/v1/environments/default/clusters/local/connectors";
    private static final String REDPANDA = "/v1/kafka-connect/clusters/redpanda/connectors";
    private static final String ALPHA = "/v1alpha2/kafka-connect/clusters/redpanda/connectors";

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void what_one_does_the_others_see() {
        f.worker.answersTo("plugins", 200, "[{\"class\":\"X\",\"type\":\"source\"}]");
        was(f.post(REDPANDA, "{\"name\":\"c\",\"config\":{\"connector.class\":\"X\",\"a\":\"1\"}}"), 201, "redpanda");
        everywhere("1");
        assertThat(f.get(CONFLUENT + "/c/status").json().at("/connector/state").asText())
                .isEqualTo("PROVISIONING");

        f.observed(Fixture.LOCAL.connector("c"), RunState.RUNNING, Fixture.task(0, RunState.RUNNING));
        assertThat(f.get(CONFLUENT + "?expand=status")
                        .json()
                        .at("/c/status/connector/state")
                        .asText())
                .isEqualTo("RUNNING");
        assertThat(f.get(REDPANDA + "/c/status").json().path("holistic_state").asText())
                .endsWith("HEALTHY");

        was(f.send("PUT", CONFLUENT + "/c/pause", null), 202, "confluent");
        f.observed(Fixture.LOCAL.connector("c"), RunState.PAUSED, Fixture.task(0, RunState.PAUSED));
        assertThat(f.get(CONNECT + "/c/status").json().at("/connector/state").asText())
                .isEqualTo("PAUSED");
        assertThat(f.get(REDPANDA + "/c/status").json().path("holistic_state").asText())
                .endsWith("PAUSED");

        was(f.put(CONNECT + "/c/config", "{\"connector.class\":\"X\",\"a\":\"2\"}"), 200, "kafka-connect");
        everywhere("2");
        was(f.put(CONFLUENT + "/c/config", "{\"connector.class\":\"X\",\"a\":\"3\"}"), 200, "confluent");
        everywhere("3");
        was(f.put(ALPHA + "/c/config", "{\"connector.class\":\"X\",\"a\":\"4\"}"), 200, "redpanda");
        everywhere("4");
        was(f.post(OURS + "/c/rollback", "{\"revision\":1}"), 200, "signalbox");
        everywhere("1");

        was(f.delete(CONFLUENT + "/c"), 200, "confluent");
        for (String connectors : new String[] {CONNECT, CONFLUENT, REDPANDA, ALPHA}) {
            assertThat(f.get(connectors + "/c").status()).as(connectors).isEqualTo(404);
        }
        assertThat(f.get(REDPANDA).json().path("connectors")).isEmpty();
    }

    private void was(Reply answer, int status, String dialect) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(f.log.commands().getLast().origin().dialect()).isEqualTo(dialect);
    }

    /** The same config in every dialect. */
    private void everywhere(String value) {
        for (String connectors : new String[] {CONNECT, CONFLUENT, REDPANDA, ALPHA}) {
            assertThat(f.get(connectors + "/c/config").json().path("a").asText())
                    .as(connectors)
                    .isEqualTo(value);
        }
        assertThat(f.get(OURS + "/c").json().at("/desired/config/a").asText()).isEqualTo(value);
    }
}
