package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Changes of the connectors of one cluster, one after another, chosen by a seed; and what is desired after those that were
 * acknowledged, which is all of them. Changes are one thread's, comparisons any thread's.
 */
final class SeededChanges {

    private static final int MOST = 20;
    private static final int NAMES = 30;

    /** @param config as it was given, without the name */
    private record Desired(Map<String, String> config, String state) {}

    private final Api cluster;
    private final Path files;
    private final Random random;
    private final Map<String, Desired> desired = new TreeMap<>();
    private int made;
    private int created;

    SeededChanges(Api cluster, Path files, long seed) {
        this.cluster = cluster;
        this.files = files;
        random = new Random(seed);
    }

    /** Creates so many connectors. */
    void begin(int connectors) {
        for (int i = 0; i < connectors; i++) {
            create("c%02d".formatted(i));
        }
    }

    synchronized void next() {
        String name = "c%02d".formatted(random.nextInt(NAMES));
        if (!desired.containsKey(name)) {
            if (desired.size() < MOST) {
                create(name);
            }
            return;
        }
        var now = desired.get(name);
        switch (random.nextInt(6)) {
            case 0 -> {
                accepted(204, cluster.delete("/connectors/" + name));
                desired.remove(name);
            }
            case 1 -> state(202, name, now, "pause", "PAUSED");
            case 2 -> state(202, name, now, "resume", "RUNNING");
            case 3 -> state(204, name, now, "stop", "STOPPED");
            default -> {
                var config =
                        FileConnectors.with(now.config(), "batch.size", Integer.toString(1 + random.nextInt(1000)));
                accepted(200, cluster.put("/connectors/" + name + "/config?validate=deferred", config));
                desired.put(name, new Desired(config, now.state()));
            }
        }
        made++;
    }

    private synchronized void create(String name) {
        var config = FileConnectors.source(files.resolve(name), "killed-lines");
        accepted(201, cluster.create(name, config, "?validate=deferred"));
        desired.put(name, new Desired(config, "RUNNING"));
        created++;
        made++;
    }

    private void state(int status, String name, Desired now, String verb, String state) {
        accepted(status, cluster.put("/connectors/" + name + "/" + verb));
        desired.put(name, new Desired(now.config(), state));
    }

    private static void accepted(int status, Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    }

    synchronized int made() {
        return made;
    }

    synchronized int created() {
        return created;
    }

    /** What is desired, a line a connector: its name, state, tasks and config. */
    synchronized List<String> desired() {
        return desired.entrySet().stream()
                .map(each -> line(
                        each.getKey(),
                        each.getValue().state(),
                        each.getValue().state().equals("RUNNING") ? "[RUNNING]" : "[]",
                        Api.tree(FileConnectors.with(each.getValue().config(), "name", each.getKey()))))
                .toList();
    }

    /** The same of what a worker has, all of it. */
    static List<String> actual(Api worker) {
        JsonNode all = worker.get("/connectors?expand=status&expand=info").body();
        Map<String, String> lines = new TreeMap<>();
        all.properties().forEach(each -> {
            String state = each.getValue()
                    .path("status")
                    .path("connector")
                    .path("state")
                    .asText();
            lines.put(
                    each.getKey(),
                    line(
                            each.getKey(),
                            state,
                            tasks(state, each.getValue().path("status").path("tasks")),
                            each.getValue().path("info").path("config")));
        });
        return List.copyOf(lines.values());
    }

    /** Their states. One that was stopped and is then paused has none, until it runs again: a paused task is as good as none. */
    private static String tasks(String state, JsonNode tasks) {
        List<String> states = tasks.findValuesAsText("state");
        return (state.equals("PAUSED") && states.equals(List.of("PAUSED")) ? List.of() : states).toString();
    }

    private static String line(String name, String state, String tasks, JsonNode config) {
        Map<String, String> sorted = new TreeMap<>();
        config.properties()
                .forEach(each -> sorted.put(each.getKey(), each.getValue().asText()));
        return name + " " + state + " " + tasks + " " + sorted;
    }
}
