package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.standalone.Replica;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two replicas share the partitions, and either answers for both. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoReplicasIT {

    private static final int PARTITIONS = 6;
    private static final String SECRET = "a-secret-of-this-test-only";

    private final RealParts parts = RealParts.shared();
    private List<Replica> replicas;
    private List<Api> apis;

    @BeforeAll
    void start() throws Exception {
        Path secret = Files.writeString(parts.directory("two").resolve("secret"), SECRET);
        Map<String, String> settings =
                Map.of("topic.partitions", Integer.toString(PARTITIONS), "internal.secret.file", secret.toString());
        replicas = List.of(parts.newReplica("two", settings), parts.newReplica("two", settings));
        apis = replicas.stream().map(replica -> new Api(replica.url())).toList();
        replicas.forEach(Replica::start);
        for (Replica replica : replicas) {
            replica.awaitReady(RealParts.START);
        }
        assertThat(apis.getFirst().register("local", SharedReplica.NO_WORKER).status())
                .isEqualTo(201);
        awaitBothKnowTheCluster();
    }

    @AfterAll
    void stop() {
        replicas.forEach(parts::dismiss);
    }

    @Test
    void what_one_replica_accepted_both_give_at_once() {
        awaitSharedWork();
        Set<String> created = new TreeSet<>();
        for (int i = 0; i < 30; i++) {
            String name = "c%02d".formatted(i);
            Map<String, String> config = Map.of("connector.class", "Any", "number", Integer.toString(i));
            Api.Answer answer = apis.get(i % 2).create(name, config, "?validate=deferred");
            assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
            created.add(name);
            for (Api api : apis) {
                Api.Answer found = fromTheOwner(api, "/connectors/" + name);
                assertThat(found.status()).as(found.toString()).isEqualTo(200);
                assertThat(found.body().path("config").path("number").asText()).isEqualTo(Integer.toString(i));
                assertThat(fromTheOwner(api, "/connectors").body())
                        .extracting(JsonNode::asText)
                        .containsExactlyElementsOf(created);
            }
        }
    }

    /** While work moves from one to the other a copy answers, and says so. */
    private static Api.Answer fromTheOwner(Api api, String path) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> api.get(path), answer -> answer.header("Signalbox-Stale") == null);
    }

    @Test
    void a_cluster_that_one_replica_was_told_of_the_other_knows_at_once() {
        for (int i = 0; i < 20; i++) {
            String name = "told-" + i;
            var registered = apis.get(i % 2).register(name, SharedReplica.NO_WORKER);
            assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
            var list = apis.get((i + 1) % 2).get("/environments/default/clusters/" + name + "/connectors");
            assertThat(list.status()).as(list.toString()).isEqualTo(200);
        }
        assertThat(apis.getFirst()
                        .get("/environments/default/clusters/untold/connectors")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void the_internal_endpoints_are_not_there_for_who_does_not_know_the_secret() {
        for (String path : List.of(
                version(0),
                "/internal/v1/connector?partition=0&position=0&patience=1&key=default%2Flocal%2Fc",
                "/internal/v1/offsets?partition=0&key=default%2Flocal%2Fc")) {
            assertThat(apis.getFirst().get(path).status()).isEqualTo(404);
            assertThat(apis.getFirst().get(path, "Signalbox-Internal", "wrong").status())
                    .isEqualTo(404);
        }
    }

    @Test
    void offsets_that_were_read_before_the_worker_went_away_both_give() {
        awaitSharedWork();
        assertThat(apis.getFirst().register("seen", parts.worker().url()).status())
                .isEqualTo(201);
        String path = "/environments/default/clusters/seen/connectors";
        var config = FileConnectors.source(parts.directory("two").resolve("none"), "two-none");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(apis.getLast()
                                .post(path, Map.of("name", "two-offsets", "config", config, "initial_state", "STOPPED"))
                                .status())
                        .isEqualTo(201));
        var lifecycle = new Lifecycle(parts, "two");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(lifecycle.of("default/seen/two-offsets"))
                        .anyMatch(event -> event.type().equals("OffsetsObserved")));
        assertThat(apis.getFirst().register("seen", SharedReplica.NO_WORKER).status())
                .isEqualTo(200);
        for (Api api : apis) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                Api.Answer answer = api.get(path + "/two-offsets/offsets");
                assertThat(answer.status() + " " + answer.text()).isEqualTo("200 {\"offsets\":[]}");
                assertThat(Integer.parseInt(answer.header("Age"))).isBetween(0, 120);
            });
        }
    }

    private void awaitBothKnowTheCluster() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> apis.forEach(
                        api -> assertThat(api.get("/connectors").status()).isEqualTo(200)));
    }

    /** Until each partition has one owner, and each replica owns some. */
    private void awaitSharedWork() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            List<Set<Integer>> owned = apis.stream().map(TwoReplicasIT::owned).toList();
            assertThat(owned).noneMatch(Set::isEmpty);
            assertThat(owned.stream().flatMap(Set::stream).toList())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, PARTITIONS).boxed().toList());
        });
    }

    private static Set<Integer> owned(Api api) {
        return Stream.iterate(0, partition -> partition < PARTITIONS, partition -> partition + 1)
                .filter(partition -> api.get(version(partition), "Signalbox-Internal", SECRET)
                                .status()
                        == 200)
                .collect(Collectors.toSet());
    }

    private static String version(int partition) {
        return "/internal/v1/version?position=0&patience=1000&cluster=default%2Flocal&partition=" + partition;
    }
}
