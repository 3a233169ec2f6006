package io.signalbox.schemas;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The registry's client with a short way to the id of the schema that a subject was last asked for. The client's own way hashes
 * all of the schema and counts all that it remembers, for each record that is written: a tenth of what a command costs.
 */
public final class KnownIds extends CachedSchemaRegistryClient {

    private static final int MOST_SCHEMAS = 1_000;
    private static final int PATIENCE_MS = 10_000;

    private final Map<String, Known> bySubject = new ConcurrentHashMap<>();

    /** @param schema Avro's object: the schemas of the jar are made once */
    private record Known(Object schema, boolean normalized, int id) {

        boolean is(Object other, boolean normalize) {
            return schema == other && normalized == normalize;
        }
    }

    /** @param settings of the client, with their prefix {@code schema.registry.}; it waits 10 s for an answer unless they say more */
    public KnownIds(String url, Map<String, ?> settings) {
        super(url, MOST_SCHEMAS, patient(settings));
    }

    /** Its own minute, and no end without any setting, is how long a start waited for one answer that got lost. */
    private static Map<String, Object> patient(Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>();
        all.put("schema.registry.http.connect.timeout.ms", PATIENCE_MS);
        all.put("schema.registry.http.read.timeout.ms", PATIENCE_MS);
        all.putAll(settings);
        return all;
    }

    @Override
    public int getId(String subject, ParsedSchema schema, boolean normalize) throws IOException, RestClientException {
        var known = bySubject.get(subject);
        if (known != null && known.is(schema.rawSchema(), normalize)) {
            return known.id();
        }
        int id = super.getId(subject, schema, normalize);
        bySubject.put(subject, new Known(schema.rawSchema(), normalize, id));
        return id;
    }
}
