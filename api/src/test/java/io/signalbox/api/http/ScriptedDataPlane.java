package io.signalbox.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.NullNode;
import io.signalbox.api.query.DataPlane;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A worker that answers what the test says, and remembers what it was asked. For tests. */
public final class ScriptedDataPlane implements DataPlane {

    public static final String SOURCE =
            "{\"name\":\"x\",\"error_count\":0,\"groups\":[],\"configs\":[{\"definition\":{\"name\":\"topic.creation.groups\"},\"value\":{\"name\":\"topic.creation.groups\",\"value\":\"\",\"errors\":[]}}]}";
    public static final String SINK = SOURCE.replace("topic.creation.groups", "topics");

    private final List<String> asked = new ArrayList<>();
    private final Map<String, Reply> only = new HashMap<>();
    private final Map<String, Reply> before = new HashMap<>();
    private Reply next = reply(200, SOURCE);
    private boolean away;
    private RuntimeException broken;

    public static Reply reply(int status, String json) {
        try {
            return new Reply(status, json == null ? NullNode.getInstance() : Json.MAPPER.readTree(json), "w:8083");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public synchronized void answers(int status, String json) {
        away = false;
        next = reply(status, json);
    }

    /** The same for one kind of question, such as {@code plugins}, whatever the others are answered. */
    public synchronized void answersTo(String question, int status, String json) {
        before.put(question, only.getOrDefault(question, next));
        only.put(question, reply(status, json));
    }

    /** As before it was last told what to answer to this. */
    public synchronized void answersAgain(String question) {
        only.put(question, before.get(question));
    }

    public synchronized void goesAway() {
        away = true;
    }

    /** From now on asking it fails, which it never should; null: no more. */
    public synchronized void breakWith(RuntimeException with) {
        broken = with;
    }

    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    private synchronized Reply answer(String question) {
        asked.add(question);
        if (broken != null) {
            throw broken;
        }
        if (away) {
            throw new AwayException("nobody answered", null);
        }
        return only.getOrDefault(question.split(" ")[0], next);
    }

    @Override
    public Reply info(ClusterKey cluster, Duration patience) {
        return answer("info " + cluster);
    }

    @Override
    public Reply plugins(ClusterKey cluster, boolean connectorsOnly, Duration patience) {
        return answer("plugins " + cluster + " " + connectorsOnly);
    }

    @Override
    public Reply validate(ClusterKey cluster, String plugin, Map<String, String> config, Duration patience) {
        return answer("validate " + cluster + " " + plugin + " " + config);
    }

    @Override
    public Optional<String> offsets(ConnectorKey connector, Duration patience) {
        var reply = answer("offsets " + connector);
        if (reply.status() != 200 && reply.status() != 404) {
            throw new AwayException("it answered " + reply.status(), null);
        }
        return reply.status() == 404
                ? Optional.empty()
                : Optional.of(reply.body().path("offsets").toString());
    }

    @Override
    public Reply tasks(ConnectorKey connector, Duration patience) {
        return answer("tasks " + connector);
    }

    @Override
    public Reply topics(ClusterKey cluster, String connector, Duration patience) {
        return answer("topics " + cluster + " " + connector);
    }

    @Override
    public Reply resetTopics(ClusterKey cluster, String connector, Duration patience) {
        return answer("reset topics " + cluster + " " + connector);
    }

    @Override
    public Reply pluginConfig(ClusterKey cluster, String plugin, String version, Duration patience) {
        return answer("plugin config " + cluster + " " + plugin + " " + version);
    }

    @Override
    public Reply loggers(ClusterKey cluster, Duration patience) {
        return answer("loggers " + cluster);
    }

    @Override
    public Reply logger(ClusterKey cluster, String logger, Duration patience) {
        return answer("logger " + cluster + " " + logger);
    }

    @Override
    public Reply setLogger(
            ClusterKey cluster, String logger, Map<String, String> level, String scope, Duration patience) {
        return answer("set logger " + cluster + " " + logger + " " + level + " " + scope);
    }
}
