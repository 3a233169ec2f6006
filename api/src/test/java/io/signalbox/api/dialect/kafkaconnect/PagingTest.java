package io.signalbox.api.dialect.kafkaconnect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.http.Fixture;
import io.signalbox.api.http.Fixture.Reply;
import io.signalbox.processor.domain.Command.ReportRefused;
import io.signalbox.processor.domain.RunState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages and filters of the list: what Kafka Connect does not have. */
class PagingTest {

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    @Test
    void pages_follow_each_other_by_their_link_without_gap_or_repeat() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            names.add(f.created("c-" + i + " ü").connector());
        }
        List<String> seen = new ArrayList<>();
        String path = "/connectors?page_size=3";
        int pages = 0;
        while (path != null) {
            Reply page = f.get(path);
            page.json().forEach(name -> seen.add(name.asText()));
            String link = page.header("Link");
            path = link == null ? null : link.substring(1, link.indexOf('>'));
            pages++;
        }
        assertThat(seen).isEqualTo(names);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void the_last_page_names_no_other() {
        f.created("a");
        f.created("b");
        Reply whole = f.get("/connectors?page_size=2");
        assertThat(whole.json()).hasSize(2);
        assertThat(whole.header(ListResource.NEXT)).isNull();
        assertThat(whole.header("Link")).isNull();
    }

    @Test
    void a_page_can_be_expanded_and_keeps_its_parameters() {
        f.created("a");
        f.created("b");
        Reply page = f.get("/connectors?expand=info&page_size=1");
        assertThat(page.json().path("a").path("info").path("name").asText()).isEqualTo("a");
        assertThat(page.header("Link")).contains("expand=info").contains("page_size=1");
        Reply next = f.get("/connectors?expand=info&page_size=1&page_token=" + page.header(ListResource.NEXT));
        assertThat(next.json().fieldNames()).toIterable().containsExactly("b");
    }

    @Test
    void states_are_those_of_the_connector_or_of_one_of_its_tasks() {
        f.observed(f.created("good"), RunState.RUNNING, Fixture.task(0, RunState.RUNNING));
        f.observed(f.created("bad"), RunState.RUNNING, Fixture.task(0, RunState.FAILED));
        f.observed(f.created("rests"), RunState.PAUSED);
        f.created("unseen");
        assertThat(names("/connectors?state=failed")).containsExactly("bad");
        assertThat(names("/connectors?state=RUNNING")).containsExactly("bad", "good");
        assertThat(names("/connectors?state=PAUSED,FAILED")).containsExactly("bad", "rests");
        assertThat(names("/connectors?state=PAUSED&state=FAILED")).containsExactly("bad", "rests");
        assertThat(names("/connectors?state=STOPPED")).isEmpty();
    }

    @Test
    void one_that_the_worker_refused_is_found_as_failed() {
        var key = f.created("c");
        var state = f.log.find(key).orElseThrow();
        f.log.tell(key, new ReportRefused(state.uid(), state.generation(), "w:8083", "no such file"));
        assertThat(names("/connectors?state=FAILED")).containsExactly("c");
    }

    @Test
    void names_are_found_by_a_part_of_them_whatever_its_case() {
        f.created("orders-source");
        f.created("Orders-sink");
        f.created("bills");
        assertThat(names("/connectors?q=ORDERS")).containsExactly("Orders-sink", "orders-source");
        assertThat(names("/connectors?q=source&state=RUNNING")).isEmpty();
        assertThat(names("/connectors?q=")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"page_size=0", "page_size=-1", "page_size=x", "page_size=", "page_token=%25", "state=BROKEN"})
    void an_illegal_parameter_is_400_and_says_which(String query) {
        Reply reply = f.get("/connectors?" + query);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message()).contains(query.substring(0, query.indexOf('=')));
    }

    @Test
    void a_page_is_never_larger_than_the_largest() {
        f.created("a");
        assertThat(f.get("/connectors?page_size=1000000").json()).hasSize(1);
    }

    private List<String> names(String path) {
        List<String> names = new ArrayList<>();
        JsonNode list = f.get(path).json();
        assertThat(list.isArray()).isTrue();
        list.forEach(name -> names.add(name.asText()));
        return names;
    }

    @Test
    void the_way_to_the_next_page_is_short_however_long_the_request() {
        f.created("a");
        f.created("b");
        var page = f.get("/connectors?page_size=1&expand=info&more=" + "%C3%A4".repeat(1_500));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Link"))
                .startsWith("</connectors?expand=info&page_size=1&page_token=")
                .hasSizeLessThan(100);
    }
}
