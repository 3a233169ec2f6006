package io.signalbox.api.dialect.supermetal.model;

import static io.signalbox.api.dialect.supermetal.model.Field.optional;
import static io.signalbox.api.dialect.supermetal.model.Field.required;

import io.signalbox.api.dialect.supermetal.model.Shape.Flag;
import io.signalbox.api.dialect.supermetal.model.Shape.Fraction;
import io.signalbox.api.dialect.supermetal.model.Shape.Group;
import io.signalbox.api.dialect.supermetal.model.Shape.ListOf;
import io.signalbox.api.dialect.supermetal.model.Shape.OneOf;
import io.signalbox.api.dialect.supermetal.model.Shape.Settings;
import io.signalbox.api.dialect.supermetal.model.Shape.Text;
import io.signalbox.api.dialect.supermetal.model.Shape.Whole;
import io.signalbox.api.dialect.supermetal.model.Shape.Word;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Shapes by short names, and those that several kinds of sources and sinks have in common. */
final class Parts {

    private static final int LONGEST_TEXT = 4 * 1024;
    private static final int LONGEST_PEM = 64 * 1024;
    private static final int MOST_ITEMS = 10_000;
    private static final int MOST_PORT = 65_535;

    private Parts() {}

    /** Any text, also an empty one. */
    static Shape text() {
        return new Text(0, LONGEST_TEXT);
    }

    /** A text that says something. */
    static Shape word() {
        return new Text(1, LONGEST_TEXT);
    }

    /** Keys and certificates in text form. */
    static Shape pem() {
        return new Text(0, LONGEST_PEM);
    }

    static Shape flag() {
        return new Flag();
    }

    static Shape count() {
        return new Whole(0, Integer.MAX_VALUE);
    }

    static Shape size() {
        return new Whole(0, Long.MAX_VALUE);
    }

    static Shape port() {
        return new Whole(0, MOST_PORT);
    }

    static Shape whole(long least, long most) {
        return new Whole(least, most);
    }

    static Shape share() {
        return new Fraction(0, 1);
    }

    static Shape oneWordOf(String... words) {
        return new Word(List.of(words));
    }

    static Shape listOf(Shape item) {
        return new ListOf(item, MOST_ITEMS);
    }

    /** The bytes of a file, each as a number. */
    static Shape bytes() {
        return new ListOf(whole(0, 255), LONGEST_PEM);
    }

    static Group group(Field... fields) {
        return new Group(List.of(fields));
    }

    static Shape oneOf(Field... tags) {
        return new OneOf(List.of(tags));
    }

    /** An alternative of a union, without settings of its own. */
    static Field bare(String tag) {
        return optional(tag, group());
    }

    /** @throws IllegalArgumentException when a field is left out, or one is named that there is not */
    static Group with(Group group, Map<String, Fate> fates) {
        var names = new TreeSet<String>();
        group.fields().forEach(field -> names.add(field.name()));
        if (!names.equals(new TreeSet<>(fates.keySet()))) {
            throw new IllegalArgumentException("Fates of " + fates.keySet() + " for " + names);
        }
        return new Group(group.fields().stream()
                .map(field -> field.with(fates.get(field.name())))
                .toList());
    }

    static Group objectStore() {
        return group(
                required("url", word()).asFixed(),
                optional("options", new Settings("name", true)),
                optional("allow_http", flag()).or(false),
                optional("allow_invalid_certificates", flag()).or(false),
                optional("max_concurrent_parts", count()).or(0),
                optional("max_concurrent_requests", count()).or(0),
                optional("root_certificate_pem", pem()).asSecret());
    }

    static Field tunnel() {
        return optional(
                        "tunnel",
                        oneOf(optional(
                                "ssh",
                                group(
                                        required("bastion_host", word()),
                                        required("user", word()),
                                        required(
                                                "auth",
                                                oneOf(
                                                        optional(
                                                                "generated_key",
                                                                group(
                                                                        required("private_key", pem())
                                                                                .asSecret(),
                                                                        required("public_key", pem()))),
                                                        optional(
                                                                "bring_your_own_key",
                                                                group(required("private_key", pem())
                                                                        .asSecret())))),
                                        optional("bastion_port", port()).or(22),
                                        optional("bastion_alternates", listOf(word()))))))
                .refused("Workers connect directly: run the tunnel beside them, and name its end as the host.");
    }

    static Field keyless() {
        return optional("keyless_table_strategy", oneOf(bare("append_only"), bare("dedup_by_row_hash")))
                .refused("A table without a primary key is not written: give it one, or leave it out by the catalog.");
    }

    static Field systemColumns() {
        return optional(
                        "system_columns",
                        group(
                                optional("synced_at", group()),
                                optional("lsn", group()),
                                optional(
                                        "op",
                                        group(
                                                optional("encoding", oneWordOf("None", "Char", "Int", "String"))
                                                        .or("None"),
                                                optional("snapshot_as_read", flag())
                                                        .or(false)))))
                .refused("A table at the target has the columns of its source, and no others.");
    }

    static Field historyMode() {
        return optional("history_mode", oneOf(optional("append", group(optional("suffix", text())))));
    }

    static Field migrationStrategy() {
        return optional(
                "migration_strategy",
                group(
                        optional("allowed", listOf(oneWordOf("Add", "Drop", "Datatype", "Nullability", "Order"))),
                        optional("disable_all", flag()).or(false)));
    }

    static Field tableNameModifier() {
        return optional(
                "table_name_modifier",
                oneOf(
                        optional("suffix", group(required("value", word()))),
                        optional("prefix", group(required("value", word())))));
    }

    static Shape sslMode() {
        return oneWordOf("Disable", "Prefer", "Require", "VerifyCa", "VerifyFull");
    }
}
