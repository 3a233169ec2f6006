package io.signalbox.api.pipeline.sweep;

/**
 * What a record in a topic of rows says.
 *
 * @param table as notifications name it
 * @param key of the row in its table
 * @param deleted whether it is gone
 * @param copied of which copy; null for a change, and for what an incremental snapshot read
 */
record Row(String table, RowKey key, boolean deleted, Attempt copied) {}
