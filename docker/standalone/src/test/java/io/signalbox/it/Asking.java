package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** Asks one side all that the table holds, in its order. */
final class Asking {

    private static final Duration LONG = Duration.ofSeconds(40);
    private static final Duration OFTEN = Duration.ofMillis(50);

    private final Twins.Side side;
    private final Api api;
    private final Path files;

    Asking(Twins.Side side, Path files) {
        this.side = side;
        this.api = side.api();
        this.files = files;
    }

    Map<Ask, Seen> all(List<Ask> asks) {
        Map<Ask, Seen> seen = new LinkedHashMap<>();
        for (Ask ask : asks) {
            if (ask.waits()) {
                await(ask, Arrays.asList(ask.path().split("\\s+")));
            } else {
                seen.put(ask, settled(ask));
            }
        }
        return seen;
    }

    /**
     * A worker that rebalances is asked again: that Signalbox never says so is told below the published table. So is one that
     * dropped the connection, as it does after a request whose body it refused; Signalbox must not. And so is each side while it
     * knows no version, as a worker tells of a connector for the moment of its restart: a wait for RUNNING may end before that.
     */
    private Seen settled(Ask ask) {
        return Awaitility.await(ask.toString())
                .atMost(LONG)
                .pollDelay(Duration.ZERO)
                .pollInterval(OFTEN)
                .ignoreExceptionsMatching(lost -> side.direct() && lost.getCause() instanceof IOException)
                .until(() -> Seen.of(side, send(ask)), seen -> !seen.momentary());
    }

    private Api.Answer send(Ask ask) {
        List<String> headers = new ArrayList<>(ask.headers());
        int type = headers.indexOf("Content-Type");
        if (type < 0 && ask.body() != null) {
            headers.addAll(List.of("Content-Type", "application/json"));
        } else if (type >= 0 && headers.get(type + 1).equals("none")) {
            headers.subList(type, type + 2).clear();
        }
        return api.exchange(ask.method(), filled(ask.path()), filled(ask.body()), headers.toArray(String[]::new));
    }

    private void await(Ask ask, List<String> words) {
        String path = words.getFirst();
        List<String> wanted = words.subList(1, words.size());
        Awaitility.await(side.tag() + " " + ask)
                .atMost(LONG)
                .pollInterval(OFTEN)
                .untilAsserted(() -> {
                    if (ask.method().equals(Ask.UNTIL)) {
                        assertThat(side.neutral(api.exchange("GET", path, null).text()))
                                .contains(wanted);
                    } else {
                        assertThat(states(api.exchange("GET", "/connectors/" + path + "/status", null)))
                                .isEqualTo(wanted);
                    }
                });
    }

    private static List<String> states(Api.Answer status) {
        if (status.status() == 404) {
            return List.of("gone");
        }
        List<String> states = new ArrayList<>();
        states.add(status.body().path("connector").path("state").asText());
        for (JsonNode task : status.body().path("tasks")) {
            states.add(task.path("state").asText());
        }
        return states;
    }

    /** The words with @ stand for what every config needs and what may not be the same on both sides. */
    private String filled(String text) {
        if (text == null) {
            return null;
        }
        return text.replace(
                        "@source", fields(FileConnectors.source(files.resolve("lines"), "lines-" + side.tag()), text))
                .replace("@sink", fields(sink(files.resolve(side.tag())), text))
                .replace("@failing", fields(sink(files.resolve("nowhere").resolve(side.tag())), text))
                .replace("@side", side.tag());
    }

    private Map<String, String> sink(Path file) {
        var config = FileConnectors.sink(file, "lines-" + side.tag());
        return FileConnectors.with(config, "consumer.override.group.id", "group-" + side.tag());
    }

    /** What the text names itself is left out: a name comes once. */
    private static String fields(Map<String, String> config, String text) {
        Map<String, String> left = new TreeMap<>(config);
        left.keySet().removeIf(name -> text.contains("\"" + name + "\":"));
        String json = Api.json(left);
        return json.substring(1, json.length() - 1);
    }
}
