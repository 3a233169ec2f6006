package io.signalbox.api.openapi;

import java.util.Map;

/**
 * How an operation of the clouds' dialects is asked for, so that all goes well.
 *
 * @param body null for none; bears the connector's name where it says {@code {connector}}
 * @param question what a worker is asked, as {@code ScriptedDataPlane} has it, and has to answer; null for nothing
 * @param creates whether it is as good about a connector that there is not
 */
record Request(String body, String question, boolean creates) {

    static final String OFFSETS = "[{\"partition\":{\"p\":0},\"offset\":{\"o\":1}}]";

    private static final String CONFIG = "{\"connector.class\":\"X\",\"a\":\"1\"}";
    private static final String CREATION = "{\"name\":\"{connector}\",\"config\":" + CONFIG + "}";
    /** In the same place as a connector's: a secret of that name. */
    static final String SECRET = "{\"name\":\"{connector}\",\"secret_data\":\"b25l\"}";

    private static final Request PLAIN = new Request(null, null, false);

    /** By document and operation. */
    static final Map<String, Request> ALL = Map.ofEntries(
            Map.entry("confluent-connect-v1.yaml listConnectors", PLAIN),
            Map.entry("confluent-connect-v1.yaml createConnector", creates(CREATION)),
            Map.entry("confluent-connect-v1.yaml readConnector", PLAIN),
            Map.entry("confluent-connect-v1.yaml deleteConnector", PLAIN),
            Map.entry("confluent-connect-v1.yaml readConfig", PLAIN),
            Map.entry("confluent-connect-v1.yaml createOrUpdateConfig", creates(CONFIG)),
            Map.entry("confluent-connect-v1.yaml readStatus", PLAIN),
            Map.entry("confluent-connect-v1.yaml listTasks", asks("tasks")),
            Map.entry("confluent-connect-v1.yaml recommend", PLAIN),
            Map.entry("confluent-connect-v1.yaml pauseConnector", PLAIN),
            Map.entry("confluent-connect-v1.yaml resumeConnector", PLAIN),
            Map.entry("confluent-connect-v1.yaml restartConnector", PLAIN),
            Map.entry("confluent-connect-v1.yaml readOffsets", asks("offsets")),
            Map.entry("confluent-connect-v1.yaml alterOffsets", of("{\"type\":\"PATCH\",\"offsets\":" + OFFSETS + "}")),
            Map.entry("confluent-connect-v1.yaml readOffsetsRequest", PLAIN),
            Map.entry("confluent-connect-v1.yaml listPlugins", asks("plugins")),
            Map.entry("confluent-connect-v1.yaml validateConfig", new Request(CONFIG, "validate", false)),
            Map.entry("confluent-connect-v1.yaml translateConfig", new Request(CONFIG, "validate", false)),
            Map.entry("redpanda-kafka-connect.yaml listConnectClusters", PLAIN),
            Map.entry("redpanda-kafka-connect.yaml getConnectCluster", asks("info")),
            Map.entry("redpanda-kafka-connect.yaml listConnectors", PLAIN),
            Map.entry("redpanda-kafka-connect.yaml createConnector", creates(CREATION)),
            Map.entry("redpanda-kafka-connect.yaml getConnector", PLAIN),
            Map.entry("redpanda-kafka-connect.yaml deleteConnector", PLAIN),
            Map.entry("redpanda-kafka-connect.yaml getConnectorStatus", PLAIN),
            Map.entry("redpanda-kafka-connect.yaml getConnectorConfig", PLAIN),
            Map.entry("redpanda-kafka-connect.yaml upsertConnector", creates(CONFIG)),
            Map.entry("redpanda-kafka-connect.yaml pauseConnector", PLAIN),
            Map.entry("redpanda-kafka-connect.yaml resumeConnector", PLAIN),
            Map.entry("redpanda-kafka-connect.yaml stopConnector", PLAIN),
            Map.entry("redpanda-kafka-connect.yaml restartConnector", of("{\"include_tasks\":true}")),
            Map.entry("redpanda-kafka-connect.yaml listConnectorTopics", asks("topics")),
            Map.entry("redpanda-kafka-connect.yaml resetConnectorTopics", asks("reset")),
            Map.entry("redpanda-kafka-connect.yaml listKafkaConnectSecrets", PLAIN),
            Map.entry("redpanda-kafka-connect.yaml createKafkaConnectSecret", creates(SECRET)),
            Map.entry("redpanda-kafka-connect.yaml getKafkaConnectSecret", PLAIN),
            Map.entry("redpanda-kafka-connect.yaml updateKafkaConnectSecret", of("{\"secret_data\":\"dHdv\"}")),
            Map.entry("redpanda-kafka-connect.yaml deleteKafkaConnectSecret", PLAIN));

    private static Request of(String body) {
        return new Request(body, null, false);
    }

    private static Request asks(String question) {
        return new Request(null, question, false);
    }

    private static Request creates(String body) {
        return new Request(body, null, true);
    }
}
