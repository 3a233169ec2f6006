package io.signalbox.processor.domain;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What must hold for a command to be taken, decided on the log and therefore without a race (RFC 9110, section 13). A thing
 * is known by its tags: {@code 17} for its revision, {@code config-5} for the revision of its config, and {@code *}.
 *
 * @param anyOf the thing must have one of these; null: no matter
 * @param noneOf the thing must have none of these; null: no matter
 */
public record Precondition(Set<String> anyOf, Set<String> noneOf) {

    public static final Precondition NONE = new Precondition(null, null);

    private static final String EXISTS = "*";

    public Precondition {
        anyOf = anyOf == null ? null : new TreeSet<>(anyOf);
        noneOf = noneOf == null ? null : new TreeSet<>(noneOf);
    }

    /** The tag of a thing as a whole. */
    public static String tag(long revision) {
        return Long.toString(revision);
    }

    /** What holds for as long as the definition is what was read; for what is not there, for as long as it is not. */
    public static Precondition definitionOf(PipelineState read) {
        return read == null || !read.present()
                ? new Precondition(null, Set.of(EXISTS))
                : new Precondition(Set.of(configTag(read.definitionRevision())), null);
    }

    /** The tag of a connector's config, or of a pipeline's definition. */
    public static String configTag(long configRevision) {
        return "config-" + configRevision;
    }

    boolean holds(ConnectorState now) {
        return now == null || !now.active()
                ? holds(Set.of())
                : holds(Set.of(EXISTS, tag(now.revision()), configTag(now.configRevision())));
    }

    /** @param now null when it was never registered */
    public boolean holds(ClusterState now) {
        return now == null || !now.registered() ? holds(Set.of()) : holds(Set.of(EXISTS, tag(now.revision())));
    }

    boolean holds(AccessKey now) {
        return now == null || now.revoked() ? holds(Set.of()) : holds(Set.of(EXISTS, tag(now.revision())));
    }

    boolean holds(StoredSecret now) {
        return now == null || now.deleted() ? holds(Set.of()) : holds(Set.of(EXISTS, tag(now.revision())));
    }

    boolean holds(Quota now) {
        return now == null || !now.active() ? holds(Set.of()) : holds(Set.of(EXISTS, tag(now.revision())));
    }

    /** @param now null when there never was one */
    public boolean holds(PipelineState now) {
        return now == null || !now.present()
                ? holds(Set.of())
                : holds(Set.of(EXISTS, tag(now.revision()), configTag(now.definitionRevision())));
    }

    private boolean holds(Set<String> tags) {
        boolean has = anyOf == null || anyOf.stream().anyMatch(tags::contains);
        boolean hasNot = noneOf == null || noneOf.stream().noneMatch(tags::contains);
        return has && hasNot;
    }

    /** Written with commas, as it travels beside a command; null for null. */
    public static String text(Set<String> tags) {
        return tags == null ? null : String.join(",", tags);
    }

    /** The reverse of {@link #text}. */
    public static Set<String> tags(String text) {
        return text == null ? null : new TreeSet<>(List.of(text.split(",")));
    }
}
