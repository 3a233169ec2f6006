package io.signalbox.api.dialect.kafkaconnect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.processor.domain.Command.ReportRefused;
import io.signalbox.processor.domain.Command.ReportStatus;
import io.signalbox.processor.domain.ConnectorStatus;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.RunState;
import io.signalbox.processor.domain.TaskStatus;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadTest {

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void an_empty_list_is_an_empty_array() {
        assertThat(f.get("/connectors").toString()).isEqualTo("200 []");
    }

    @Test
    void the_list_is_of_names() {
        f.created("b");
        f.created("a");
        assertThat(f.get("/connectors").body()).isEqualTo("[\"a\",\"b\"]");
    }

    @Test
    void info_names_the_tasks() {
        f.observed(
                f.created("c"), RunState.RUNNING, Fixture.task(1, RunState.RUNNING), Fixture.task(0, RunState.RUNNING));
        assertThat(f.get("/connectors/c").body())
                .isEqualTo("{\"name\":\"c\",\"config\":{\"connector.class\":\"X\",\"name\":\"c\"},\"tasks\":"
                        + "[{\"connector\":\"c\",\"task\":0},{\"connector\":\"c\",\"task\":1}],\"type\":\"source\"}");
    }

    @Test
    void status_shows_state_worker_version_and_trace() {
        f.observed(f.created("c"), RunState.RUNNING, Fixture.task(0, RunState.FAILED));
        assertThat(f.get("/connectors/c/status").body())
                .isEqualTo("{\"name\":\"c\",\"connector\":{\"state\":\"RUNNING\",\"worker_id\":\"w:8083\","
                        + "\"version\":\"4.3.1\"},\"tasks\":[{\"id\":0,\"state\":\"FAILED\",\"worker_id\":\"w:8083\","
                        + "\"version\":\"4.3.1\",\"trace\":\"java.lang.Boom\"}],\"type\":\"source\"}");
        assertThat(f.get("/connectors/c/tasks/0/status").body())
                .isEqualTo("{\"id\":0,\"state\":\"FAILED\",\"worker_id\":\"w:8083\",\"version\":\"4.3.1\","
                        + "\"trace\":\"java.lang.Boom\"}");
    }

    @Test
    void an_unknown_version_is_null_and_an_undefined_one_is_left_out() {
        var key = f.created("c");
        var tasks = List.of(
                new TaskStatus(0, RunState.RUNNING, "w", "", ""), new TaskStatus(1, RunState.RUNNING, "w", null, null));
        f.log.tell(
                key,
                new ReportStatus(
                        f.log.find(key).orElseThrow().uid(),
                        1L,
                        new ConnectorStatus(RunState.RUNNING, "w", null, "", ConnectorType.SINK, tasks)));
        assertThat(f.get("/connectors/c/status").body())
                .isEqualTo("{\"name\":\"c\",\"connector\":{\"state\":\"RUNNING\",\"worker_id\":\"w\"},\"tasks\":"
                        + "[{\"id\":0,\"state\":\"RUNNING\",\"worker_id\":\"w\",\"version\":null},"
                        + "{\"id\":1,\"state\":\"RUNNING\",\"worker_id\":\"w\"}],\"type\":\"sink\"}");
    }

    @Test
    void a_refused_generation_shows_as_failed_until_the_next_one() {
        var key = f.created("c");
        f.observed(key, RunState.RUNNING, Fixture.task(0, RunState.RUNNING));
        f.put("/connectors/c/config", "{\"connector.class\":\"X\",\"k\":\"v\"}");
        f.log.tell(key, new ReportRefused(f.log.find(key).orElseThrow().uid(), 2, "w2:8083", "no such table"));
        var status = f.get("/connectors/c/status").json();
        assertThat(status.path("connector").toString())
                .isEqualTo("{\"state\":\"FAILED\",\"worker_id\":\"w2:8083\",\"version\":\"4.3.1\","
                        + "\"trace\":\"no such table\"}");
        assertThat(status.path("tasks").size()).isEqualTo(1);
        f.put("/connectors/c/config", "{\"connector.class\":\"X\",\"k\":\"w\"}");
        assertThat(f.get("/connectors/c/status")
                        .json()
                        .path("connector")
                        .path("state")
                        .asText())
                .isEqualTo("RUNNING");
    }

    @Test
    void what_was_never_seen_but_refused_has_a_status() {
        var key = f.created("c");
        f.log.tell(key, new ReportRefused(f.log.find(key).orElseThrow().uid(), 1, "w", "bad"));
        assertThat(f.get("/connectors/c/status").body())
                .isEqualTo("{\"name\":\"c\",\"connector\":{\"state\":\"FAILED\",\"worker_id\":\"w\",\"trace\":\"bad\"},"
                        + "\"tasks\":[],\"type\":\"source\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "/connectors/c,Connector c not found",
        "/connectors/c/config,Connector c not found",
        "/connectors/c/tasks,Connector c not found",
        "/connectors/c/status,No status found for connector c",
        "/connectors/c/tasks/0/status,No status found for task c-0",
        "/connectors/c/tasks/-1/status,No status found for task c--1",
        "/connectors/c/tasks/x/status,HTTP 404 Not Found"
    })
    void what_is_not_there_is_404_in_connects_words(String path, String message) {
        assertThat(f.get(path).toString()).isEqualTo("404 {\"error_code\":404,\"message\":\"" + message + "\"}");
        assertThat(f.get(Fixture.OTHER + path).toString())
                .isEqualTo("404 {\"error_code\":404,\"message\":\"" + message + "\"}");
    }

    @Test
    void one_without_a_status_yet_has_none() {
        f.created("c");
        assertThat(f.get("/connectors/c/status").message()).isEqualTo("No status found for connector c");
    }

    @ParameterizedTest
    @CsvSource({
        "expand=status,'{\"seen\":{\"status\":<status>}}'",
        "expand=info,'{\"new\":{\"info\":<new>},\"seen\":{\"info\":<info>}}'",
        "expand=status&expand=info,'{\"seen\":{\"status\":<status>,\"info\":<info>}}'",
        "expand=info&expand=status,'{\"seen\":{\"status\":<status>,\"info\":<info>}}'",
        "expand=nonsense,'{\"new\":{},\"seen\":{}}'",
        "expand=Status,'{\"new\":{},\"seen\":{}}'",
        "'expand=status,info','{\"new\":{},\"seen\":{}}'",
        "expand,'{\"new\":{},\"seen\":{}}'",
        "other=1,'[\"new\",\"seen\"]'"
    })
    void expand_joins_status_and_info(String query, String expected) {
        f.observed(f.created("seen"), RunState.RUNNING);
        f.created("new");
        String body = expected.replace(
                        "<status>", f.get("/connectors/seen/status").body())
                .replace("<info>", f.get("/connectors/seen").body())
                .replace("<new>", f.get("/connectors/new").body());
        assertThat(f.get("/connectors?" + query).toString()).isEqualTo("200 " + body);
    }

    @Test
    void tasks_come_from_the_worker() {
        f.created("c");
        f.worker.answers(200, "[{\"id\":{\"connector\":\"c\",\"task\":0},\"config\":{\"k\":\"v\"}}]");
        assertThat(f.get("/connectors/c/tasks").body())
                .isEqualTo("[{\"id\":{\"connector\":\"c\",\"task\":0},\"config\":{\"k\":\"v\"}}]");
        f.worker.answers(404, "{\"error_code\":404,\"message\":\"Connector c not found\"}");
        assertThat(f.get("/connectors/c/tasks").toString()).isEqualTo("200 []");
        f.worker.answers(409, "{\"error_code\":409,\"message\":\"rebalance\"}");
        assertThat(f.get("/connectors/c/tasks").status()).isEqualTo(503);
        assertThat(f.get("/connectors/c/tasks").header("Retry-After")).isEqualTo("1");
        f.worker.answers(400, null);
        assertThat(f.get("/connectors/c/tasks").message()).contains("cannot address every name");
    }
}
