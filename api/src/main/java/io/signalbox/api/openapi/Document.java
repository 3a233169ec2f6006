package io.signalbox.api.openapi;

import java.util.List;

/**
 * What is published about Signalbox's interfaces.
 *
 * @param file its name below {@code /openapi/}
 * @param resource where it is in the jar
 * @param readable whether it is an OpenAPI document, which the page shows and answers are checked against
 */
record Document(String file, String title, String resource, boolean readable) {

    /** A dialect is described by a file of its own, and a line here. */
    static final List<Document> ALL = List.of(
            openApi("signalbox-v1.yaml", "Signalbox"),
            openApi("kafka-connect.yaml", "Kafka Connect"),
            openApi("confluent-connect-v1.yaml", "Confluent Cloud connect/v1"),
            openApi("redpanda-kafka-connect.yaml", "Redpanda v1/kafka-connect"),
            openApi("supermetal.yaml", "Supermetal api/v1"),
            new Document("asyncapi.yaml", "Topics (AsyncAPI)", "/asyncapi.yaml", false));

    private static Document openApi(String file, String title) {
        return new Document(file, title, "/openapi/" + file, true);
    }
}
