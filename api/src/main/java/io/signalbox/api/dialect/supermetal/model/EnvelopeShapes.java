package io.signalbox.api.dialect.supermetal.model;

import static io.signalbox.api.dialect.supermetal.model.Field.optional;
import static io.signalbox.api.dialect.supermetal.model.Field.required;
import static io.signalbox.api.dialect.supermetal.model.Parts.bare;
import static io.signalbox.api.dialect.supermetal.model.Parts.group;
import static io.signalbox.api.dialect.supermetal.model.Parts.objectStore;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.oneWordOf;
import static io.signalbox.api.dialect.supermetal.model.Parts.text;
import static io.signalbox.api.dialect.supermetal.model.Parts.whole;
import static io.signalbox.api.dialect.supermetal.model.Parts.word;

/** What stands around a source and a sink: every field, and what becomes of it. */
final class EnvelopeShapes {

    private EnvelopeShapes() {}

    private static final long MOST_ROWS = 1_000_000;
    private static final long LONGEST_FLUSH_MS = 24 * 3_600_000L;
    private static final long MOST_MINUTES = 4_294_967_295L;

    static Field buffer() {
        return optional("buffer", oneOf(optional("object_store", objectStore())))
                .approximated("Kafka's topics are the buffer: it is kept and shown, and nothing is written there.");
    }

    static Field limits() {
        return optional(
                "limits",
                group(
                        optional(
                                "cdc",
                                group(
                                        optional("flush_interval_ms", whole(0, LONGEST_FLUSH_MS))
                                                .approximated("The sink's `consumer.override.fetch.max.wait.ms` and"
                                                        + " `fetch.min.bytes`: so long at most, 25 s at the"
                                                        + " longest, and earlier when there is a lot. Not"
                                                        + " towards Kafka."),
                                        optional("max_buffer_rows", whole(1, MOST_ROWS))
                                                .applied("`max.batch.size` and a `max.queue.size` of four times it; the"
                                                        + " sink's `batch.size` and"
                                                        + " `consumer.override.max.poll.records`."))),
                        optional(
                                "snapshot",
                                group(optional("max_buffer_rows", whole(1, MOST_ROWS))
                                        .applied("`snapshot.fetch.size`, and `incremental.snapshot.chunk.size`"
                                                + " of tasks.")))));
    }

    static Field schedule() {
        return optional(
                "schedule",
                oneOf(
                        optional(
                                "rate",
                                group(
                                        optional("unit", oneWordOf("Minute", "Hour", "Day"))
                                                .or("Minute")
                                                .applied("With `value`: so long after the start of a run the next one"
                                                        + " starts, and begins from nothing. For snapshots only."),
                                        required("value", whole(1, MOST_MINUTES))
                                                .applied("See `unit`."))),
                        optional(
                                "cron",
                                group(
                                        required("expression", word())
                                                .applied("Five fields: minute, hour, day of month, month, day of week."
                                                        + " For snapshots only."),
                                        required("timezone", word())
                                                .applied("Of the time zone database, such as" + " `Europe/Oslo`.")))));
    }

    static Field identifierNaming() {
        return optional(
                "identifier_naming",
                oneOf(
                        bare("SourceNaming").applied("Names are those of the source."),
                        optional(
                                        "FivetranNaming",
                                        group(
                                                optional("schema_prefix", text()),
                                                optional("column_conflict", oneWordOf("Fail", "KeepFirst")),
                                                optional("table_conflict", oneWordOf("Fail", "Merge"))))
                                .refused("Names are those of the source.")));
    }
}
