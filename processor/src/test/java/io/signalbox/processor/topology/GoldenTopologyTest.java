package io.signalbox.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.signalbox.processor.codec.Codecs;
import io.signalbox.schemas.AvroWire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Store, processor and topic names are a promise to the changelogs of whoever runs this already. */
class GoldenTopologyTest {

    @Test
    void names_stay_as_they_are() throws IOException {
        var codecs = new Codecs(new TopicNames("signalbox"), new AvroWire(new MockSchemaRegistryClient()));
        var description = ConnectorTopology.build(
                        codecs,
                        new OpenPartitions(() -> "test"),
                        (outcome, replyTo) -> {},
                        FollowUps.NONE,
                        DesiredStates.NONE,
                        FaultPoints.NONE)
                .describe()
                .toString();
        try (var golden = getClass().getResourceAsStream("/topology.txt")) {
            assertThat(description)
                    .isEqualToNormalizingNewlines(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
