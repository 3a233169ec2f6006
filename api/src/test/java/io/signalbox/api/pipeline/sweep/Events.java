package io.signalbox.api.pipeline.sweep;

import io.signalbox.processor.domain.Config;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Debezium's events of a table with {@code id} and {@code what}, as the pipelines' converters write them. */
final class Events {

    static final String PREFIX = "sm.orders";
    static final String TABLE = "public.t";

    private static final String ROW =
            "\"type\":\"struct\",\"fields\":[{\"type\":\"int32\",\"optional\":false,\"field\":\"id\"},"
                    + "{\"type\":\"string\",\"optional\":true,\"field\":\"what\"}],\"optional\":true,\"name\":\"sm.orders.public.t.Value\"";

    private Events() {}

    static Config source(boolean schemas) {
        return Config.of(Map.of(
                "topic.prefix", PREFIX,
                "key.converter.schemas.enable", Boolean.toString(schemas),
                "value.converter.schemas.enable", Boolean.toString(schemas)));
    }

    static byte[] key(long id, boolean schemas) {
        return key(id, "int32", schemas);
    }

    static byte[] key(long id, String type, boolean schemas) {
        String values = "{\"id\":" + id + "}";
        return bytes(
                schemas
                        ? "{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"" + type
                                + "\",\"optional\":false,\"field\":\"id\"}],\"optional\":false,\"name\":\"sm.orders.public.t.Key\"},"
                                + "\"payload\":" + values + "}"
                        : values);
    }

    /** @param snapshot as Debezium says it: {@code true}, {@code first}, {@code last}, {@code incremental}, {@code false} */
    static byte[] event(String op, long id, String what, String snapshot, long lsn, boolean schemas) {
        String row = "{\"id\":" + id + ",\"what\":\"" + what + "\"}";
        String payload = "{\"before\":" + (op.equals("d") ? row : "null") + ",\"after\":"
                + (op.equals("d") ? "null" : row)
                + ",\"source\":{\"version\":\"3.6.0.Final\",\"connector\":\"postgresql\",\"name\":\"sm.orders\","
                + "\"ts_ms\":1795000000000,\"snapshot\":\"" + snapshot + "\",\"db\":\"shop\",\"sequence\":\"[null,\\\""
                + lsn
                + "\\\"]\",\"ts_us\":1795000000000000,\"ts_ns\":1795000000000000000,\"schema\":\"public\",\"table\":\"t\","
                + "\"txId\":" + (lsn / 10) + ",\"lsn\":" + lsn + ",\"xmin\":null,\"origin\":null,\"origin_lsn\":null},"
                + "\"transaction\":null,\"op\":\"" + op
                + "\",\"ts_ms\":1795000000001,\"ts_us\":1795000000001000,\"ts_ns\":1795000000001000000}";
        return bytes(
                schemas
                        ? "{\"schema\":{\"type\":\"struct\",\"fields\":[{" + ROW + ",\"field\":\"before\"},{" + ROW
                                + ",\"field\":\"after\"}],\"optional\":false,\"name\":\"sm.orders.public.t.Envelope\",\"version\":2},"
                                + "\"payload\":" + payload + "}"
                        : payload);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
