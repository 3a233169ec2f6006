package io.signalbox.api.dialect.confluent;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.dialect.WorkerFacts;
import io.signalbox.api.http.Refusal;
import io.signalbox.processor.domain.ClusterKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The plugins of a cluster's workers under the names that clients of Confluent Cloud have for them. */
final class Plugins {

    private static final String SUFFIX = "Connector";

    private final WorkerFacts facts;
    private final ManagedClasses classes;

    Plugins(WorkerFacts facts, ManagedClasses classes) {
        this.facts = facts;
        this.classes = classes;
    }

    /**
     * @param name a managed class, or the name of a class of Kafka Connect where no managed one stands for it
     * @param version null when the worker does not say
     */
    record Listed(String name, String type, String version) {}

    /** @throws Refusal 503 when no worker ever answered */
    List<Listed> list(ClusterKey cluster) {
        var known = facts.plugins(cluster, true).orElseThrow(() -> unknown(cluster));
        return StreamSupport.stream(known.spliterator(), false)
                .flatMap(plugin -> names(plugin.path("class").asText())
                        .map(name -> new Listed(
                                name,
                                plugin.path("type").asText(),
                                plugin.path("version").asText(null))))
                .toList();
    }

    private Stream<String> names(String javaClass) {
        var managed = classes.names(javaClass);
        return managed.isEmpty() ? Stream.of(simple(javaClass)) : managed.stream();
    }

    /**
     * @param name as a client writes it: a managed class, a class of a plugin, or its name without package as Kafka Connect takes it
     * @return the class of a plugin that the workers have; empty when they have none for it. While no worker ever answered, what
     *     can be told without one
     * @throws Refusal 503 when it cannot be told without a worker
     */
    Optional<String> javaClass(ClusterKey cluster, String name) {
        var managed = classes.javaClass(name);
        String wanted = managed.orElse(name);
        var known = facts.plugins(cluster, true);
        if (known.isEmpty()) {
            if (!wanted.contains(".")) {
                throw unknown(cluster);
            }
            return Optional.of(wanted);
        }
        List<String> installed = classes(known.get());
        if (installed.contains(wanted)) {
            return Optional.of(wanted);
        }
        List<String> alike = managed.isPresent()
                ? List.of()
                : installed.stream().filter(plugin -> alias(name, plugin)).toList();
        return alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty();
    }

    private static List<String> classes(JsonNode plugins) {
        return StreamSupport.stream(plugins.spliterator(), false)
                .map(plugin -> plugin.path("class").asText())
                .distinct()
                .toList();
    }

    /** Whether a client that writes this name means that class. */
    boolean means(String name, String javaClass) {
        return classes.javaClass(name).map(javaClass::equals).orElseGet(() -> alias(name, javaClass));
    }

    /** As Kafka Connect's workers do: the name without the package, and without the word that ends them all. */
    private static boolean alias(String name, String javaClass) {
        String simple = simple(javaClass);
        return simple.equals(name) || (simple.endsWith(SUFFIX) && simple.equals(name + SUFFIX));
    }

    /** A path's way to name a class. */
    static String simple(String javaClass) {
        return javaClass.substring(javaClass.lastIndexOf('.') + 1);
    }

    /** Says that the workers have no such plugin, and what helps. */
    Refusal missing(int status, String name) {
        String what = "Failed to find any class that implements Connector and which name matches ";
        return new Refusal(
                status,
                classes.javaClass(name)
                        .map(type -> what + type + ", which " + name
                                + " stands for here: install that plugin on every worker")
                        .orElse(
                                what + name
                                        + ": it is no plugin of the workers, and no line of the table of managed classes. Use one"
                                        + " that GET connector-plugins lists, or add a line to the file of confluent.classes.file"));
    }

    private static Refusal unknown(ClusterKey cluster) {
        return Refusal.unavailable("No worker of cluster " + cluster + " answered yet, so its plugins are not known");
    }
}
