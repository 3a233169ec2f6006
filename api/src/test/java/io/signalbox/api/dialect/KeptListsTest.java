package io.signalbox.api.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Fixture;
import io.signalbox.processor.domain.ClusterSpec;
import io.signalbox.processor.domain.RunState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No dialect makes a list again that did not change, and none keeps one that did. */
class KeptListsTest {

    private static final String CONNECT = "/connectors?expand=info&expand=status";
    private static final String CONFLUENT =
            "/connect/v1/environments/default/clusters/local/connectors?expand=id,info,status";
    private static final String REDPANDA = "/v1/kafka-connect/clusters/redpanda/connectors";

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {CONNECT, CONFLUENT, REDPANDA})
    void one_that_did_not_change_is_not_made_again(String list) {
        var key = f.created("c");
        f.observed(key, RunState.RUNNING, Fixture.task(0, RunState.RUNNING));
        var first = f.get(list);
        int made = f.log.lists();
        var again = f.get(list);
        assertThat(again.body()).isEqualTo(first.body());
        String tag = again.header("ETag");
        assertThat(tag).isNotNull().isEqualTo(first.header("ETag"));
        assertThat(f.send("GET", list, null, "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(f.log.lists()).isEqualTo(made);

        f.observed(key, RunState.PAUSED, Fixture.task(0, RunState.PAUSED));
        var changed = f.send("GET", list, null, "If-None-Match", tag);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body()).contains("PAUSED").isNotEqualTo(first.body());
        assertThat(f.log.lists()).isGreaterThan(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {CONNECT, CONFLUENT})
    void a_long_one_is_read_in_parts_and_is_whole(String list) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i <= 2 * Lookup.PART; i++) {
            var key = f.created("c%05d".formatted(i));
            f.observed(key, RunState.RUNNING);
            names.add(key.connector());
        }
        int before = f.log.lists();
        var all = f.get(list).json();
        assertThat(f.log.lists() - before).isEqualTo(3);
        List<String> seen = new ArrayList<>();
        if (all.isArray()) {
            all.forEach(name -> seen.add(name.asText()));
        } else {
            all.fieldNames().forEachRemaining(seen::add);
        }
        assertThat(seen).isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(strings = {CONNECT, REDPANDA})
    void one_with_secrets_is_not_given_where_they_are_masked_by_now(String list) {
        show(ClusterSpec.InReads.SHOW);
        f.put("/connectors/c/config", "{\"connector.class\":\"X\",\"db.password\":\"hunter2\"}");
        f.observed(Fixture.LOCAL.connector("c"), RunState.RUNNING);
        assertThat(f.get(list).body()).contains("hunter2");
        show(ClusterSpec.InReads.MASK);
        assertThat(f.get(list).body()).doesNotContain("hunter2").contains("********");
    }

    private void show(ClusterSpec.InReads secrets) {
        f.register(
                Fixture.LOCAL,
                new ClusterSpec.Policies(
                        1_000, 4, true, ClusterSpec.Unmanaged.ADOPT, ClusterSpec.OnDrift.HEAL, secrets));
    }
}
