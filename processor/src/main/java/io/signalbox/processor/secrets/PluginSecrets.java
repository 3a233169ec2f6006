package io.signalbox.processor.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.SecretRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Which settings of a config are secret because its plugins say so: the connector's own, and those of its converters,
 * transformations and predicates. What a plugin said is remembered for ten minutes, and holds for longer while it cannot be asked
 * again. Safe for use by many threads.
 */
public final class PluginSecrets {

    /**
     * Asks a data plane what can be configured of a plugin: {@code GET /connector-plugins/{plugin}/config}. It is called by a
     * thread that may wait.
     */
    @FunctionalInterface
    public interface Source {

        /**
         * @param plugin a class, as configs name it
         * @return its settings; a node that is no list when there is no such plugin; empty when it cannot be asked now
         */
        Optional<JsonNode> settings(ClusterKey cluster, String plugin);
    }

    /** What Kafka's own clients define to be of type PASSWORD: a connector's config may override theirs. */
    public static final Set<String> OF_CLIENTS = clients();

    private record Plugin(ClusterKey cluster, String name) {}

    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final Duration NOT_ASKED_AGAIN = Duration.ofSeconds(10);
    private static final int MOST_REMEMBERED = 1_000;
    private static final List<String> CONVERTERS = List.of("key.converter", "value.converter", "header.converter");

    private final Source source;
    private final Duration patience;

    /**
     * One asks, and all who need it wait for the same answer: a cluster that is adopted has many connectors of few plugins.
     * Threads of its own ask, so that nobody waits for longer than he has time.
     */
    private final AsyncCache<Plugin, Optional<Set<String>>> asked;

    private final Cache<Plugin, Set<String>> lastKnown =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    /** @param patience for all plugins of a config together */
    public PluginSecrets(Source source, Duration patience) {
        this(source, patience, Ticker.systemTicker());
    }

    PluginSecrets(Source source, Duration patience, Ticker clock) {
        this.source = source;
        this.patience = patience;
        asked = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfter(Expiry.<Plugin, Optional<Set<String>>>creating(
                        (plugin, names) -> names.isPresent() ? REMEMBERED : NOT_ASKED_AGAIN))
                .executor(Thread::startVirtualThread)
                .ticker(clock)
                .buildAsync();
    }

    /**
     * @param config null values are as if they were not there
     * @return names of settings, whether the config has them or not; empty when a plugin cannot be asked now and never could
     */
    public Optional<Set<String>> of(ClusterKey cluster, Map<String, String> config) {
        var plugins = plugins(config);
        Map<String, CompletableFuture<Optional<Set<String>>>> answers = new LinkedHashMap<>();
        plugins.forEach((prefix, name) -> answers.put(prefix, asked.get(new Plugin(cluster, name), this::ask)));
        await(answers.values());
        Set<String> names = new HashSet<>(OF_CLIENTS);
        for (var plugin : plugins.entrySet()) {
            var secrets = answers.get(plugin.getKey())
                    .getNow(Optional.empty())
                    .or(() -> Optional.ofNullable(lastKnown.getIfPresent(new Plugin(cluster, plugin.getValue()))));
            if (secrets.isEmpty()) {
                return Optional.empty();
            }
            secrets.get().forEach(name -> names.add(plugin.getKey() + name));
        }
        return Optional.of(names);
    }

    /** Until all are there or the patience is over. */
    private void await(Collection<CompletableFuture<Optional<Set<String>>>> answers) {
        try {
            CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                    .completeOnTimeout(null, patience.toNanos(), TimeUnit.NANOSECONDS)
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("What is secret of a plugin could not be asked", e.getCause());
        }
    }

    /**
     * What an answer to that question says.
     *
     * @return as {@link Source#settings}; that there is no such plugin is believed in Kafka Connect's own words only: a proxy, or a
     *     worker that starts or is too old to have the question, answers 404 as well
     */
    public static Optional<JsonNode> settings(int status, JsonNode body) {
        if (status == 200 && body.isArray()) {
            return Optional.of(body);
        }
        boolean unknown = status == 404 && body.path("message").asText().startsWith("Unknown plugin ");
        return unknown ? Optional.of(MissingNode.getInstance()) : Optional.empty();
    }

    /**
     * What a worker's check of a config says.
     *
     * @return the same names as {@link #of}; empty when the answer is none
     */
    public static Optional<Set<String>> checked(int status, JsonNode body) {
        if (status != 200 || !body.path("configs").isArray()) {
            return Optional.empty();
        }
        Set<String> names = new HashSet<>(OF_CLIENTS);
        names.addAll(passwords(definitions(body)));
        return Optional.of(names);
    }

    /** The definitions in the answer of a check. */
    public static List<JsonNode> definitions(JsonNode answer) {
        List<JsonNode> definitions = new ArrayList<>();
        answer.path("configs").forEach(config -> definitions.add(config.path("definition")));
        return definitions;
    }

    /**
     * What a check's answer shows of secret settings: a worker resolves references before it checks, and quotes what they stand
     * for.
     *
     * @param passwords the settings that are secret beside those of the rule
     */
    public static Set<String> resolved(JsonNode answer, Set<String> passwords) {
        Set<String> values = new HashSet<>();
        answer.path("configs").forEach(config -> {
            var value = config.path("value");
            String text = value.path("value").textValue();
            if (SecretRule.secret(value.path("name").asText(), text, passwords)) {
                values.add(text);
            }
        });
        return values;
    }

    private static Set<String> clients() {
        Set<String> names = new HashSet<>();
        Map.of(
                        "producer.override.", ProducerConfig.configDef(),
                        "consumer.override.", ConsumerConfig.configDef(),
                        "admin.override.", AdminClientConfig.configDef())
                .forEach((prefix, settings) -> settings.configKeys().values().stream()
                        .filter(setting -> setting.type == ConfigDef.Type.PASSWORD)
                        .forEach(setting -> names.add(prefix + setting.name)));
        return Set.copyOf(names);
    }

    /** @param settings the elements of the list that a worker gives for a plugin, each with name and type */
    public static Set<String> passwords(Iterable<JsonNode> settings) {
        Set<String> names = new HashSet<>();
        settings.forEach(setting -> {
            if ("PASSWORD".equals(setting.path("type").asText())) {
                names.add(setting.path("name").asText());
            }
        });
        return names;
    }

    private Optional<Set<String>> ask(Plugin plugin) {
        var found = source.settings(plugin.cluster(), plugin.name()).map(PluginSecrets::passwords);
        found.ifPresent(names -> lastKnown.put(plugin, names));
        return found;
    }

    /** Classes by the prefix of their settings. */
    private static Map<String, String> plugins(Map<String, String> config) {
        Map<String, String> plugins = new LinkedHashMap<>();
        add(plugins, "", config.get("connector.class"));
        CONVERTERS.forEach(converter -> add(plugins, converter + ".", config.get(converter)));
        for (String kind : List.of("transforms", "predicates")) {
            String aliases = config.get(kind);
            if (aliases != null) {
                Arrays.stream(aliases.split(","))
                        .map(String::strip)
                        .limit(MOST_REMEMBERED / 10)
                        .forEach(alias -> {
                            String prefix = kind + "." + alias + ".";
                            add(plugins, prefix, config.get(prefix + "type"));
                        });
            }
        }
        return plugins;
    }

    private static void add(Map<String, String> plugins, String prefix, String plugin) {
        if (plugin != null && !plugin.isBlank()) {
            plugins.put(prefix, plugin.strip());
        }
    }
}
