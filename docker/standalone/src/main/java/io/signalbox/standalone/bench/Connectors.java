package io.signalbox.standalone.bench;

/** The requests about the connectors that are measured: sources that wait for a file which never comes. */
final class Connectors {

    static final String CONFIG = """
            {"connector.class":"FileStreamSource","tasks.max":"1","file":"bench.txt","topic":"bench",\
            "key.converter":"org.apache.kafka.connect.storage.StringConverter",\
            "value.converter":"org.apache.kafka.connect.storage.StringConverter"}""";

    /** After the config was put. */
    static final String OTHER_FILE = "other.txt";

    private static final String PATH = "/connectors";

    private Connectors() {}

    /** @param path of the collection, with its query */
    static Request create(String path, String name) {
        return new Request("POST", path, "{\"name\":\"" + name + "\",\"config\":" + CONFIG + "}", 201);
    }

    /** Of the default cluster, as all below; one that has no tasks. */
    static Request createStopped(String name) {
        String body = "{\"name\":\"" + name + "\",\"initial_state\":\"STOPPED\",\"config\":" + CONFIG + "}";
        return new Request("POST", PATH + "?validate=deferred", body, 201);
    }

    /** Another config than it was created with, so that there is something to do. */
    static Request putConfig(String name) {
        return new Request("PUT", PATH + "/" + name + "/config", CONFIG.replace("bench.txt", OTHER_FILE), 200);
    }

    static Request pause(String name) {
        return new Request("PUT", PATH + "/" + name + "/pause", "", 202);
    }

    static Request delete(String name) {
        return new Request("DELETE", PATH + "/" + name, "", 204);
    }

    /** The part of a create that changes nothing, so that the validation's code is warm. */
    static Request validate() {
        return new Request(
                "PUT",
                "/connector-plugins/FileStreamSource/config/validate",
                CONFIG.replaceFirst("\\{", "{\"name\":\"warm\","),
                200);
    }
}
