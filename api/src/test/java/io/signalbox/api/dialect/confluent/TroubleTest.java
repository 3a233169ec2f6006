package io.signalbox.api.dialect.confluent;

import static io.signalbox.api.dialect.confluent.Cloud.MASK;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TaskStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Error recommendations, and the configs of tasks. */
class TroubleTest {

    private static final String TRACE = "org.apache.kafka.connect.errors.ConnectException: no\n\tat X\n"
            + "Caused by: java.net.UnknownHostException: db\n\tat Y";

    private final Cloud cloud = new Cloud();

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void without_a_stack_trace_there_are_no_recommendations() {
        cloud.running("c");
        var answer = cloud.get("/connectors/c/error-recommendations");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/message").asText())
                .startsWith("could not generate recommendations as error stack trace is not available");
    }

    @Test
    void recommendations_come_from_the_root_cause() {
        var key = cloud.running("c");
        cloud.seen(key, RunState.RUNNING, new TaskStatus(0, RunState.FAILED, "w:8083", null, TRACE));
        var answer = cloud.get("/connectors/c/error-recommendations");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("error").isNull()).isTrue();
        assertThat(answer.json().path("event_id").asText()).startsWith(cloud.id("c") + "_");
        assertThat(answer.json().path("recommendations").get(0).asText())
                .isEqualTo("The root cause is: java.net.UnknownHostException: db");
        assertThat(answer.json().path("recommendations").get(1).asText()).contains("can be reached from the worker");
        assertThat(cloud.get("/connectors/c/error-recommendations").body()).isEqualTo(answer.body());
    }

    @Test
    void configs_of_tasks_are_masked_and_have_what_is_added() {
        cloud.put("/connectors/c/config", Cloud.json(Cloud.config("c", "DatagenSource", "db.password", "hunter2")));
        cloud.f.worker.answersTo(
                "tasks",
                200,
                "[{\"id\":{\"connector\":\"c\",\"task\":0},\"config\":{\"connector.class\":\"" + Cloud.DATAGEN
                        + "\",\"signalbox.managed.class\":\"DatagenSource\",\"db.password\":\"hunter2\",\"task.class\":\"T\",\"none\":null}}]");
        var task = cloud.get("/connectors/c/tasks").json().get(0);
        assertThat(task.path("id").toString()).isEqualTo("{\"connector\":\"c\",\"task\":0}");
        var config = task.path("config");
        assertThat(config.path("connector.class").asText()).isEqualTo("DatagenSource");
        assertThat(config.path("db.password").asText()).isEqualTo(MASK);
        assertThat(config.path("task.class").asText()).isEqualTo("T");
        assertThat(config.path("cloud.provider").asText()).isEqualTo("aws");
        assertThat(config.has("signalbox.managed.class")).isFalse();
    }

    @Test
    void while_no_worker_answers_tasks_are_503_and_before_it_has_heard_of_it_none() {
        cloud.running("c");
        cloud.f.worker.answersTo("tasks", 404, "{}");
        assertThat(cloud.get("/connectors/c/tasks").toString()).isEqualTo("200 []");
        cloud.f.worker.goesAway();
        assertThat(cloud.get("/connectors/c/tasks").status()).isEqualTo(503);
    }

    @Test
    void a_connector_is_what_its_config_and_tasks_are() {
        cloud.running("c");
        var info = cloud.get("/connectors/c").json();
        assertThat(info.path("tasks").toString()).isEqualTo("[{\"connector\":\"c\",\"task\":0}]");
        assertThat(info.path("config"))
                .isEqualTo(cloud.get("/connectors/c/config").json());
        assertThat(info).isEqualTo(cloud.get("/connectors?expand=info").json().at("/c/info"));
        assertThat(cloud.get("/connectors/c/status").json())
                .isEqualTo(cloud.get("/connectors?expand=status").json().at("/c/status"));
    }
}
