package io.signalbox.processor.secrets;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.domain.StoredSecret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * References to stored secrets in configs, {@code ${secretsManager:<id>:<key>}}: several in a value, with text around them. Those of
 * other names are for the workers. A connector refers to secrets of its own cluster and to no others. Safe for use by many
 * threads.
 */
public final class References {

    /** Where nothing is resolved, because workers do it. */
    public static final References NONE = new References(null, null);

    /** How many may be in one config, and how many characters they may stand for. */
    static final int MOST = 200;

    static final int LONGEST = 1024 * 1024;

    private static final int LONGEST_KEY = 255;
    private static final int SHORTEST_FOUND = 8;

    private final StoredSecrets stored;
    private final Sealer sealer;

    /** @param stored null for none */
    private References(StoredSecrets stored, Sealer sealer) {
        this.stored = stored;
        this.sealer = sealer;
    }

    public static References to(StoredSecrets stored, Sealer sealer) {
        return new References(stored, sealer);
    }

    /**
     * A config as a worker has to have it.
     *
     * @param config null values stay
     * @param values what references stood for: secret, whatever the setting is called
     */
    public record Resolved(Map<String, String> config, Set<String> values) {

        /** One in which nothing was looked for. */
        public static Resolved unresolved(Map<String, String> config) {
            return new Resolved(config, Set.of());
        }

        @Override
        public String toString() {
            return "Resolved" + config.keySet();
        }
    }

    /** What a worker has, measured by a value with references. */
    public enum Standing {
        /** What they stand for. */
        DESIRED,
        /** What they stood for before a secret was replaced. */
        EARLIER,
        OTHER,
        /** Nobody can tell: one of them stands for nothing here. */
        UNKNOWN
    }

    /** Whether there is one in it. */
    public boolean in(String text) {
        return stored != null && Piece.refers(text);
    }

    /** @return the settings with references, and no others */
    public Map<String, String> referring(Map<String, String> opened) {
        Map<String, String> referring = new TreeMap<>();
        if (stored != null) {
            opened.forEach((name, text) -> {
                if (in(text)) {
                    referring.put(name, text);
                }
            });
        }
        return referring;
    }

    /** Which of the secrets that are referred to are there, and at which revisions. */
    public Map<SecretId, Long> revisions(ClusterKey cluster, Collection<String> opened) {
        Map<SecretId, Long> revisions = new HashMap<>();
        ids(cluster, opened).forEach(id -> stored.find(id).ifPresent(found -> revisions.put(id, found.revision())));
        return revisions;
    }

    /** Which are referred to, whether or not they are there. */
    public Set<SecretId> ids(ClusterKey cluster, Collection<String> opened) {
        return stored == null
                ? Set.of()
                : opened.stream()
                        .filter(this::in)
                        .flatMap(text -> Piece.of(text).stream())
                        .filter(piece -> piece instanceof Piece.Reference reference && reference.legal())
                        .map(piece -> SecretId.of(cluster, ((Piece.Reference) piece).id()))
                        .collect(Collectors.toSet());
    }

    /** As {@link StoredSecrets#version()}. */
    public long version() {
        return stored == null ? 0 : stored.version();
    }

    /**
     * @param opened null values stay
     * @throws UnresolvedException naming what stands for nothing
     * @throws UnopenableException when a stored secret does not open here
     */
    public Resolved resolve(ClusterKey cluster, Map<String, String> opened) {
        if (referring(opened).isEmpty()) {
            return Resolved.unresolved(opened);
        }
        if (!stored.ready()) {
            throw UnresolvedException.unread();
        }
        return new Resolution(cluster).of(opened);
    }

    /**
     * All that references in it stand for, and stood for before: what a worker's words about it may quote. What cannot be had is left
     * out.
     */
    public Set<String> values(ClusterKey cluster, Collection<String> opened) {
        Set<String> values = new HashSet<>();
        if (stored != null) {
            opened.stream()
                    .filter(this::in)
                    .flatMap(text -> Piece.of(text).stream())
                    .distinct()
                    .limit(2L * MOST)
                    .forEach(piece -> values.addAll(alternatives(cluster, piece)));
        }
        return values;
    }

    /** Whether what is stored is known, where it matters. */
    public boolean ready() {
        return stored == null || stored.ready();
    }

    /**
     * The settings of a config that hold what is, or was, stored for the cluster, whatever they are called: a config that was found on a
     * data plane may be one that Signalbox wrote. Of shorter values than {@value #SHORTEST_FOUND} characters nobody can tell.
     */
    public Set<String> holding(ClusterKey cluster, Map<String, String> found) {
        if (stored == null) {
            return Set.of();
        }
        Set<String> values = stored.list(cluster).stream()
                .flatMap(secret -> Stream.concat(Stream.of(secret.data()), secret.previous().stream())
                        .flatMap(text -> sealer.openable(secret.key(), text).stream()))
                .flatMap(data -> SecretData.values(data).stream())
                .filter(value -> value.length() >= SHORTEST_FOUND)
                .collect(Collectors.toSet());
        return found.entrySet().stream()
                .filter(setting -> values.stream().anyMatch(setting.getValue()::contains))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /**
     * @param wanted with references
     * @param observed null when there is nothing
     */
    public Standing standing(ClusterKey cluster, String wanted, String observed) {
        var pieces = Piece.of(wanted);
        if (pieces.size() > 2 * MOST || !stored.ready()) {
            return Standing.UNKNOWN;
        }
        List<List<String>> alternatives = new ArrayList<>();
        var desired = new StringBuilder();
        for (Piece piece : pieces) {
            var now = now(cluster, piece);
            if (now.isEmpty()) {
                return Standing.UNKNOWN;
            }
            desired.append(now.get());
            alternatives.add(
                    piece instanceof Piece.Literal ? List.of(now.get()) : List.copyOf(alternatives(cluster, piece)));
        }
        if (desired.toString().equals(observed)) {
            return Standing.DESIRED;
        }
        return observed != null && composed(observed, alternatives) ? Standing.EARLIER : Standing.OTHER;
    }

    /** Whether the text is one alternative of each, one behind the other. In as many steps as there are places to be at. */
    private static boolean composed(String text, List<List<String>> alternatives) {
        Set<Integer> places = Set.of(0);
        for (List<String> each : alternatives) {
            Set<Integer> next = new TreeSet<>();
            for (int place : places) {
                each.stream()
                        .filter(value -> text.startsWith(value, place))
                        .forEach(value -> next.add(place + value.length()));
            }
            places = next;
        }
        return places.contains(text.length());
    }

    private Optional<String> now(ClusterKey cluster, Piece piece) {
        return switch (piece) {
            case Piece.Literal literal -> Optional.of(literal.text());
            case Piece.Reference reference ->
                find(cluster, reference)
                        .flatMap(secret -> sealer.openable(secret.key(), secret.data()))
                        .flatMap(data -> SecretData.value(data, reference.key()));
        };
    }

    private Set<String> alternatives(ClusterKey cluster, Piece piece) {
        return piece instanceof Piece.Reference reference
                ? find(cluster, reference).stream()
                        .flatMap(secret -> Stream.concat(Stream.of(secret.data()), secret.previous().stream())
                                .flatMap(text -> sealer.openable(secret.key(), text).stream()))
                        .flatMap(data -> SecretData.value(data, reference.key()).stream())
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private Optional<StoredSecret> find(ClusterKey cluster, Piece.Reference reference) {
        return reference.legal() ? stored.find(SecretId.of(cluster, reference.id())) : Optional.empty();
    }

    /** Of one config. Each secret is opened once, however often it is referred to. */
    private final class Resolution {

        private final ClusterKey cluster;
        private final Map<SecretId, Optional<String>> opened = new HashMap<>();
        private final Set<String> values = new HashSet<>();
        private final List<String> problems = new ArrayList<>();
        private int count;
        private long length;

        Resolution(ClusterKey cluster) {
            this.cluster = cluster;
        }

        Resolved of(Map<String, String> config) {
            Map<String, String> resolved = new TreeMap<>(config);
            resolved.replaceAll((name, text) -> in(text) ? resolved(name, text) : text);
            if (!problems.isEmpty()) {
                throw new UnresolvedException(problems);
            }
            return new Resolved(resolved, values);
        }

        private String resolved(String name, String text) {
            var resolved = new StringBuilder();
            for (Piece piece : Piece.of(text)) {
                resolved.append(
                        switch (piece) {
                            case Piece.Literal literal -> literal.text();
                            case Piece.Reference reference -> value(name, reference);
                        });
            }
            return resolved.toString();
        }

        private String value(String name, Piece.Reference reference) {
            count++;
            if (count > MOST) {
                return problem(
                        count == MOST + 1, name, "the config refers to stored secrets more than " + MOST + " times");
            }
            if (!reference.legal()) {
                return problem(true, name, "a reference to a stored secret is ${secretsManager:<id>:<key>}");
            }
            var data = opened.computeIfAbsent(
                    SecretId.of(cluster, reference.id()),
                    id -> stored.find(id).map(secret -> sealer.open(id, secret.data())));
            if (data.isEmpty()) {
                return problem(true, name, "there is no secret \"" + reference.id() + "\" in cluster " + cluster);
            }
            var value = SecretData.value(data.get(), reference.key());
            if (value.isEmpty()) {
                return problem(
                        true,
                        name,
                        "the secret \"" + reference.id() + "\" of cluster " + cluster + " has no key \""
                                + reference.shownKey() + "\"");
            }
            length += value.get().length();
            if (length > LONGEST) {
                return problem(
                        length - value.get().length() <= LONGEST,
                        name,
                        "what the config's references stand for is longer than " + LONGEST + " characters");
            }
            values.add(value.get());
            return value.get();
        }

        private String problem(boolean first, String name, String what) {
            if (first) {
                problems.add("\"" + (name.length() > LONGEST_KEY ? name.substring(0, LONGEST_KEY) + "…" : name) + "\": "
                        + what);
            }
            return "";
        }
    }
}
