package io.signalbox.api.dialect.confluent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.processor.domain.Command.DeleteConnector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListTest {

    private final Cloud cloud = new Cloud();

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void without_expand_it_is_names() {
        assertThat(cloud.get("/connectors").toString()).isEqualTo("200 []");
        cloud.created("b");
        cloud.created("a");
        assertThat(cloud.get("/connectors?foo=bar&expand=").toString()).isEqualTo("200 [\"a\",\"b\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "expand=id|id",
                "expand=info|info",
                "expand=status|status",
                "expand=id,status|id,status",
                "expand=info%2Cstatus%2Cid&expand=id%2Cstatus|id,info,status",
                "expand=id&expand=info|id,info",
                "expand=nonsense,%20id|id"
            })
    void expand_is_the_union_of_what_is_given(String query, String parts) {
        cloud.created("c");
        var expected = new ArrayList<>(List.of(parts.split(",")));
        expected.add("extensions");
        var connector = cloud.get("/connectors?" + query).json().path("c");
        assertThat(names(connector)).containsExactlyElementsOf(expected);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void what_was_just_created_is_there_with_its_id() {
        cloud.created("c");
        var connector = cloud.get("/connectors?expand=info,status,id").json().path("c");
        assertThat(connector.at("/id/id").asText()).matches("lcc-[a-z2-7]{10}");
        assertThat(connector.at("/id/id_type").asText()).isEqualTo("ID");
        assertThat(connector.at("/status/connector/state").asText()).isEqualTo("PROVISIONING");
    }

    @Test
    void ids_are_stable_and_of_one_incarnation() {
        var key = cloud.created("c");
        cloud.created("d");
        String id = cloud.id("c");
        assertThat(cloud.id("d")).isNotEqualTo(id);
        cloud.put("/connectors/c/pause", null);
        assertThat(cloud.id("c")).isEqualTo(id);
        cloud.f.worker.answersTo("offsets", 200, "{\"offsets\":[]}");
        assertThat(cloud.get("/connectors/c/offsets").json().path("id").asText())
                .isEqualTo(id);
        cloud.f.log.tell(key, new DeleteConnector());
        cloud.created("c");
        assertThat(cloud.id("c")).isNotEqualTo(id);
    }

    @Test
    void an_unknown_cluster_is_404_also_where_none_can_have_its_name() {
        for (String cluster : List.of("default/clusters/lkc-1", "env-1/clusters/local", "default/clusters/%20")) {
            var answer = cloud.f.get("/connect/v1/environments/" + cluster + "/connectors");
            assertThat(answer.status()).as(cluster).isEqualTo(404);
            assertThat(answer.json().at("/error/code").asInt()).isEqualTo(404);
        }
    }

    @Test
    void any_registered_cluster_is_served() {
        var answer = cloud.f.post(
                "/connect/v1/environments/lab/clusters/blue/connectors", Cloud.creation("c", "DatagenSource"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().at("/config/cloud.environment").asText()).isEqualTo("lab");
        assertThat(cloud.f.get("/environments/lab/clusters/blue/connectors").body())
                .isEqualTo("[\"c\"]");
        assertThat(cloud.get("/connectors").body()).isEqualTo("[]");
    }
}
