package io.signalbox.api.pipeline.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.TreeSet;

/**
 * A key, as 128 bits of a digest of its table and values; and of which columns and types it is, in as few: the keys of two tables
 * whose columns were changed in between are of two shapes.
 */
record RowKey(long high, long low, long shape) {

    /**
     * @param key the record's, parsed
     * @param schemas whether its schema is with it
     */
    static RowKey of(String table, JsonNode key, boolean schemas) {
        JsonNode values = schemas ? key.path("payload") : key;
        var fields = new TreeSet<String>();
        values.fieldNames().forEachRemaining(fields::add);
        ByteBuffer digest = digest(table, values.toString());
        ByteBuffer shape = digest("", schemas ? key.path("schema").toString() : fields.toString());
        return new RowKey(digest.getLong(), digest.getLong(), shape.getLong());
    }

    private static ByteBuffer digest(String first, String second) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(first.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return ByteBuffer.wrap(digest.digest(second.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** @param count how many there are, at least one */
    boolean in(int bucket, int count) {
        return Long.remainderUnsigned(high, count) == bucket;
    }
}
