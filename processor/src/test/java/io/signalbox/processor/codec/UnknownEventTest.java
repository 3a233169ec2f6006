package io.signalbox.processor.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.topology.TopicNames;
import io.signalbox.schemas.AvroWire;
import io.signalbox.schemas.SchemaRegistrar;
import io.signalbox.schemas.UndecodableException;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log with an event from a later version in it: replay stops there, since a state without that event would be wrong. */
class UnknownEventTest {

    private static final TopicNames TOPICS = new TopicNames("signalbox");
    private static final ConnectorKey ORDERS = new ConnectorKey("default", "local", "orders");
    private static final RecordedEvent KNOWN = new RecordedEvent(
            "e1", ORDERS, 1, Instant.parse("2026-11-21T10:00:00Z"), "c1", "tester", new Event.ConnectorPaused());
    private static final Schema LATER = SchemaBuilder.record("ConnectorRenamed")
            .namespace("io.signalbox.event")
            .fields()
            .requiredString("to")
            .endRecord();

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final AvroWire wire = new AvroWire(registry);
    private final EventCodec events = new EventCodec(wire, TOPICS.lifecycle());

    @BeforeEach
    void register() throws Exception {
        new SchemaRegistrar(registry, TOPICS.prefix()).ensure();
        registry.register(TOPICS.lifecycle() + "-" + LATER.getFullName(), new AvroSchema(LATER));
    }

    @Test
    void replay_stops_at_an_event_that_it_does_not_know() {
        var known = events.value(KNOWN.event());
        assertThat(events.decode(ORDERS.toString(), known, events.headers(KNOWN)))
                .isEqualTo(KNOWN);

        var renamed = new GenericData.Record(LATER);
        renamed.put("to", "payments");
        byte[] later = wire.write(TOPICS.lifecycle(), renamed);
        assertThatThrownBy(() -> events.decode(ORDERS.toString(), later, events.headers(KNOWN)))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("Unknown record type io.signalbox.event.ConnectorRenamed");
    }
}
