package io.signalbox.event;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.specific.SpecificRecordBase;

/** What Avro's generator made of the schema as it was before connectors could be created with offsets. */
public final class ConnectorCreated extends SpecificRecordBase {

    public static final Schema SCHEMA$ = new SchemaParser()
            .parse("""
                    {"type": "record", "namespace": "io.signalbox.event", "name": "ConnectorCreated", "fields": [
                      {"name": "uid", "type": "string"},
                      {"name": "config", "type": {"type": "map", "values": "string"}},
                      {"name": "targetState", "type": "string"},
                      {"name": "type", "type": "string"},
                      {"name": "validated", "type": "boolean"},
                      {"name": "replaces", "type": ["null", "string"], "default": null}
                    ]}""")
            .mainSchema();

    private final Object[] values = new Object[6];

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public Object get(int field) {
        return values[field];
    }

    @Override
    public void put(int field, Object value) {
        values[field] = value;
    }

    public String uid() {
        return values[0].toString();
    }

    public Map<?, ?> config() {
        return (Map<?, ?>) values[1];
    }
}
