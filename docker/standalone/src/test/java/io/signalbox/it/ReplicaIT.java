package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.standalone.Dist;
import io.signalbox.standalone.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas come and go while the system runs, and who asks the others does not notice. */
class ReplicaIT {

    private static final int PARTITIONS = 12;
    private static final String CLUSTER = "/environments/default/clusters/quiet";

    @TempDir
    Path data;

    @Test
    void replicas_come_and_go_without_an_error_to_who_asks_another() throws Exception {
        int base = freeBase();
        Process up = up(base);
        try {
            var first = new Api("http://127.0.0.1:" + base);
            var second = new Api("http://127.0.0.1:" + Ports.from(base).replica(1));
            List<String> names = created(first);

            assertThat(replica("add")).contains("signalbox-" + (base + 100), "ready after");
            assertThat(replica("list").lines())
                    .hasSize(3)
                    .filteredOn(line -> line.matches("[12] .* ready") && !line.endsWith("not ready"))
                    .hasSize(2);
            awaitOwnersOf(first, second);
            assertAnswers(first, names);
            assertAnswers(second, names);

            assertRemovalIsSeenByNobody(first, second, names);
            assertThat(up.isAlive()).isTrue();
            assertThat(replica("remove", "2")).startsWith("signalbox: replica 2 is not running");

            replica("add", "2");
            awaitOwnersOf(first, second);
            assertThat(replica("kill", "2")).contains("killed");
            assertThat(replica("list").lines()).hasSize(2);
            assertThat(data.resolve("signalbox-" + (base + 100)).resolve("state"))
                    .isNotEmptyDirectory();
            assertThat(replica("add")).contains("signalbox-" + (base + 100), "ready after");
            await(() -> assertAnswers(second, names));
            assertThat(up.isAlive()).isTrue();
        } finally {
            up.destroy();
            assertThat(up.waitFor(40, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(data.resolve("output")).content().containsPattern("signalbox-" + (base + 100) + " +stopped after");
        assertThat(leftOvers()).isEmpty();
    }

    @Test
    void without_a_system_it_says_what_to_start() throws Exception {
        assertThat(replica("add"))
                .startsWith("signalbox: nothing runs on " + data)
                .contains("docker/standalone/up");
    }

    @Test
    void what_it_does_not_understand_it_says_in_one_line() throws Exception {
        for (String[] words :
                new String[][] {{}, {"ad"}, {"remove"}, {"remove", "x"}, {"add", "10"}, {"list", "--al"}}) {
            assertThat(replica(words).lines()).singleElement().asString().startsWith("signalbox: ");
        }
    }

    /** Asks one replica without a break while the other is removed, and that one until it does not answer any more. */
    private void assertRemovalIsSeenByNobody(Api stays, Api goes, List<String> names) throws Exception {
        var over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Api.Answer>> asked = threads.submit(() -> ask(stays, names, over));
            Future<Boolean> drained = threads.submit(() -> drains(goes, names.getFirst()));
            try {
                assertThat(replica("remove", "2")).contains("stopped");
                await(() -> assertThat(owned(stays)).isEqualTo(PARTITIONS));
            } finally {
                over.set(true);
            }
            assertThat(drained.get()).as("answers while it is not ready").isTrue();
            assertThat(asked.get())
                    .hasSizeGreaterThan(3 * names.size())
                    .allSatisfy(answer ->
                            assertThat(answer.status()).as(answer.toString()).isEqualTo(200));
        }
    }

    private static List<Api.Answer> ask(Api api, List<String> names, AtomicBoolean over) {
        List<Api.Answer> answers = new ArrayList<>();
        while (!over.get()) {
            answers.add(api.get("/health/ready"));
            answers.add(api.get(CLUSTER + "/connectors"));
            names.forEach(name -> answers.add(api.get(CLUSTER + "/connectors/" + name)));
        }
        return answers;
    }

    /** Whether it still answers requests once it says that it is stopping. */
    private static boolean drains(Api api, String name) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> {
                            boolean stopping = api.get("/health/ready").text().contains("stopping");
                            return stopping
                                    && api.get(CLUSTER + "/connectors/" + name).status() == 200
                                    && api.get("/health/live").status() == 200;
                        },
                        done -> done);
    }

    private static List<String> created(Api api) {
        assertThat(api.register("quiet", SharedReplica.NO_WORKER).status()).isEqualTo(201);
        List<String> names =
                IntStream.range(10, 30).mapToObj(number -> "c" + number).toList();
        for (String name : names) {
            Map<String, Object> body = Map.of("name", name, "config", Map.of("connector.class", "Any"));
            Api.Answer answer = api.post(CLUSTER + "/connectors?validate=deferred", body);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        }
        return names;
    }

    private static void assertAnswers(Api api, List<String> names) {
        Api.Answer all = api.get(CLUSTER + "/connectors");
        assertThat(all.status()).as(all.toString()).isEqualTo(200);
        assertThat(all.body()).extracting(JsonNode::asText).containsExactlyElementsOf(names);
    }

    /** Until all partitions are owned, and some by each. */
    private void awaitOwnersOf(Api first, Api second) {
        await(() -> {
            assertThat(owned(second)).isPositive();
            assertThat(owned(first)).isPositive();
            assertThat(owned(first) + owned(second)).isEqualTo(PARTITIONS);
        });
    }

    private int owned(Api api) {
        return (int) IntStream.range(0, PARTITIONS)
                .mapToObj(partition ->
                        "/internal/v1/version?position=0&patience=1000&cluster=default%2Fquiet&partition=" + partition)
                .filter(path -> api.get(path, "Signalbox-Internal", secret()).status() == 200)
                .count();
    }

    private String secret() {
        try {
            return Files.readString(data.resolve("internal.secret"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the foreground, until it is ready; its output goes to a file. */
    private Process up(int base) throws Exception {
        Path output = data.resolve("output");
        Dist dist = Dist.locate();
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dsignalbox.part=launcher",
                        "-cp",
                        dist.launcherClassPath() + ":" + dist.signalboxClassPath(),
                        "io.signalbox.standalone.Up",
                        "--data",
                        data.toString(),
                        "--port-base",
                        Integer.toString(base))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Process up = unlimited(builder).start();
        Awaitility.await()
                .atMost(RealParts.START)
                .untilAsserted(() -> assertThat(output).content().contains("Ctrl-C stops everything"));
        return up;
    }

    /** What the script prints. */
    private String replica(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Dist.locate().root().resolve("../../replica").normalize().toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("--data", data.toString()));
        Process script =
                unlimited(new ProcessBuilder(command).redirectErrorStream(true)).start();
        return new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** It is asked without a break, from one address. */
    private static ProcessBuilder unlimited(ProcessBuilder builder) {
        builder.environment().put("SIGNALBOX_HTTP_REQUESTS_PER_SECOND", "0");
        return builder;
    }

    private List<String> leftOvers() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(data.toString()))
                .toList();
    }

    private static void await(Runnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(assertion::run);
    }

    /** The second replica's port included. */
    private static int freeBase() {
        return Stream.generate(Ports::freePort)
                .filter(base -> Ports.from(base).taken(2).isEmpty())
                .findFirst()
                .orElseThrow();
    }
}
