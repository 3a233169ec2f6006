package io.signalbox.processor.dataplane;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a Kafka Connect worker says of a connector. */
final class FakeJson {

    private FakeJson() {}

    static ObjectNode info(String name, ObjectNode config) {
        var info = JsonNodeFactory.instance.objectNode().put("name", name);
        info.set("config", config);
        info.putArray("tasks");
        return info.put("type", "source");
    }

    static ObjectNode status(String name, String state) {
        var status = JsonNodeFactory.instance.objectNode().put("name", name);
        status.putObject("connector").put("state", state).put("worker_id", "w:8083");
        var tasks = status.putArray("tasks");
        if (!state.equals("STOPPED")) {
            tasks.addObject().put("id", 0).put("state", state).put("worker_id", "w:8083");
        }
        return status.put("type", "source");
    }
}
