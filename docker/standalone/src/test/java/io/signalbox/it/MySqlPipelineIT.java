package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.processor.dataplane.systems.RealMariaDb;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Pipelines from a real MariaDB server, which speaks MySQL's protocol, into PostgreSQL and into Kafka. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MySqlPipelineIT {

    private static final int ROWS = 1_000;
    private static final String DATABASE = "shop";
    private static final String READER = "reader";
    private static final String PASSWORD = "pa$$word of the reader";
    private static final String TO_ROWS = "rows";
    private static final String TO_KAFKA = "changes";

    private RealMariaDb mysql;
    private PipelineParts parts;
    private Api api;

    @BeforeAll
    void start() throws InterruptedException {
        mysql = new RealMariaDb();
        parts = new PipelineParts("mysql-pipelines");
        api = new Api(parts.replica.url());
        parts.createDatabase(DATABASE);
        mysql.run(
                "",
                "CREATE DATABASE " + DATABASE,
                "CREATE USER " + READER + " IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT REPLICATION SLAVE, REPLICATION CLIENT, RELOAD ON *.* TO " + READER,
                "GRANT SELECT ON " + DATABASE + ".* TO " + READER);
        ManyMySqlTypes.create(mysql, DATABASE, ROWS);
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (parts != null) {
            parts.stop();
        }
        if (mysql != null) {
            mysql.close();
        }
    }

    @Test
    @Order(1)
    void the_real_plugins_take_what_the_definition_becomes() {
        var debugged = api.post("/api/v1/debug/connector", toRows());
        assertThat(debugged.status()).as(debugged.toString()).isEqualTo(200);
        Map<String, String> mapped = new TreeMap<>();
        debugged.body()
                .path("signalbox")
                .path("source")
                .properties()
                .forEach(each -> mapped.put(each.getKey(), each.getValue().asText()));
        assertThat(mapped).containsEntry("connector.class", "io.debezium.connector.mysql.MySqlConnector");
        mapped.put("database.password", PASSWORD);

        var judged = new Api(parts.worker.url()).put("/connector-plugins/MySqlConnector/config/validate", mapped);

        assertThat(judged.status()).as(judged.toString()).isEqualTo(200);
        assertThat(StreamSupport.stream(judged.body().path("configs").spliterator(), false)
                        .map(each -> each.path("value"))
                        .filter(each -> !each.path("errors").isEmpty())
                        .map(each -> each.path("name").asText()))
                .as(judged.toString())
                .isSubsetOf("database.hostname");
    }

    @Test
    @Order(2)
    void who_validates_hears_of_the_plugin_for_the_server_that_is_there() {
        var tried = api.post("/api/v1/validate/source", Map.of("source", source()));

        assertThat(tried.status()).as(tried.toString()).isEqualTo(200);
        assertThat(tried.text()).contains("io.debezium.connector.mariadb.MariaDbConnector", "11.4.");
        assertThat(tried.body().findValues("status"))
                .as(tried.toString())
                .noneMatch(status -> status.has("Failed"))
                .anyMatch(status -> status.has("Success"));
        assertThat(tried.body().get(tried.body().size() - 1).has("success"))
                .as(tried.toString())
                .isTrue();
    }

    @Test
    @Order(3)
    void tables_are_told_as_the_server_has_them() {
        var told = api.post("/api/v1/catalog/source", Map.of("source", source()));

        assertThat(told.status()).as(told.toString()).isEqualTo(200);
        assertThat(told.body().path("name").asText()).isEqualTo(DATABASE);
        JsonNode table = told.body().path("schemas").path(0).path("tables").path(0);
        assertThat(table.path("name").asText()).isEqualTo(ManyMySqlTypes.TABLE);
        assertThat(table.path("columns")).hasSize(ManyMySqlTypes.columns());
    }

    @Test
    @Order(4)
    void rows_arrive_as_they_are_and_changes_follow() {
        parts.api.put(TO_ROWS, toRows());
        parts.api.put(TO_KAFKA, toKafka());

        parts.api.awaitState(TO_ROWS, "realtime/");
        Supermetal.await().untilAsserted(() -> ManyMySqlTypes.assertEqual(mysql, parts.target, DATABASE));
        assertThat(ManyMySqlTypes.columns()).isGreaterThan(12);
        assertThat(parts.api.get(TO_ROWS).text()).doesNotContain("pa$$word").contains("***");

        mysql.run(
                DATABASE,
                "INSERT INTO items (id, vc) VALUES (20001, 'new')",
                "UPDATE items SET txt = 'other', big = 18446744073709551615 WHERE id = 1",
                "DELETE FROM items WHERE id = 2");
        Supermetal.await().untilAsserted(() -> ManyMySqlTypes.assertEqual(mysql, parts.target, DATABASE));
        follows(
                "ALTER TABLE items ADD extra varchar(20)", "UPDATE items SET extra = 'set' WHERE id = 3",
                "SELECT extra FROM shop.items WHERE id = 3", "set");
        follows(
                "CREATE TABLE fresh (id int PRIMARY KEY, what text)", "INSERT INTO fresh VALUES (1, 'one')",
                "SELECT what FROM shop.fresh WHERE id = 1", "one");
    }

    @Test
    @Order(5)
    void towards_kafka_changes_are_in_topics_that_stay_when_it_is_deleted() {
        parts.api.awaitState(TO_KAFKA, "realtime/");
        Supermetal.await()
                .untilAsserted(() -> assertThat(parts.operations("mysql.shop.items"))
                        .hasSize(ROWS + 5)
                        .startsWith("r")
                        .endsWith("c", "u", "d", "u"));
        assertThat(parts.operations("mysql.shop.fresh")).containsExactly("c");

        parts.api.command(TO_KAFKA, "Delete");

        parts.api.awaitGone(TO_KAFKA);
        assertThat(parts.remainsInKafka(TO_KAFKA)).isEmpty();
        assertThat(parts.operations("mysql.shop.items")).hasSize(ROWS + 5);
    }

    @Test
    @Order(6)
    void stopped_started_and_begun_anew_it_loses_nothing() {
        parts.api.command(TO_ROWS, "Stop");
        parts.api.awaitState(TO_ROWS, "shutdown/complete");
        mysql.run(DATABASE, "UPDATE items SET vc = 'while stopped' WHERE id < 10", "DELETE FROM items WHERE id = 11");

        parts.api.command(TO_ROWS, "Start");

        Supermetal.await().untilAsserted(() -> ManyMySqlTypes.assertEqual(mysql, parts.target, DATABASE));
        String run = parts.api.runId(TO_ROWS);
        parts.target.run(DATABASE, "UPDATE shop.items SET txt = 'astray'");
        parts.api.command(TO_ROWS, "ReIntialize");
        Supermetal.await()
                .untilAsserted(() -> assertThat(parts.api.runId(TO_ROWS)).isGreaterThan(run));
        parts.api.awaitState(TO_ROWS, "realtime/");
        Supermetal.await().untilAsserted(() -> ManyMySqlTypes.assertEqual(mysql, parts.target, DATABASE));
    }

    @Test
    @Order(7)
    void nothing_is_left_of_what_is_deleted() {
        assertThat(parts.remainsInKafka(TO_ROWS))
                .contains("topic sm.rows-history", "connector sm.rows.source", "group connect-sm.rows.sink");

        parts.api.command(TO_ROWS, "Delete");

        parts.api.awaitGone(TO_ROWS);
        assertThat(parts.remainsInKafka(TO_ROWS)).isEmpty();
        assertThat(parts.target.list(DATABASE, "SELECT count(*) > 900 FROM shop.items"))
                .containsExactly("t");
    }

    private void follows(String structure, String change, String query, String value) {
        mysql.run(DATABASE, structure, change);
        Supermetal.await()
                .untilAsserted(
                        () -> assertThat(parts.target.list(DATABASE, query)).containsExactly(value));
    }

    private Map<String, Object> source() {
        return Map.of(
                "mysql",
                Map.of(
                        "connection",
                        Map.of(
                                "host",
                                RealMariaDb.HOST,
                                "port",
                                mysql.port(),
                                "user",
                                READER,
                                "password",
                                PASSWORD,
                                "database",
                                DATABASE)));
    }

    private Map<String, Object> toRows() {
        Map<String, Object> request = parts.request(DATABASE);
        request.put("source", source());
        return request;
    }

    private Map<String, Object> toKafka() {
        Map<String, Object> request = toRows();
        request.put("sink", Map.of("kafka", parts.kafka("mysql.{database}.{table}")));
        return request;
    }
}
