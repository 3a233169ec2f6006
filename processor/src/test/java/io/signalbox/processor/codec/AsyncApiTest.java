package io.signalbox.processor.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.apicurio.datamodels.Library;
import io.apicurio.datamodels.validation.ValidationProblem;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.signalbox.processor.domain.AggregateKey;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.CommandEnvelope;
import io.signalbox.processor.domain.Event;
import io.signalbox.processor.domain.Origin;
import io.signalbox.processor.domain.Precondition;
import io.signalbox.processor.domain.RecordedEvent;
import io.signalbox.processor.topology.DeadLetter;
import io.signalbox.processor.topology.TopicNames;
import io.signalbox.schemas.AvroWire;
import io.signalbox.schemas.CloudEvent;
import io.signalbox.schemas.SchemaRegistrar;
import io.signalbox.schemas.Schemas;
import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The published asyncapi.yaml says what the code does: every topic, message, header and schema, both ways. */
class AsyncApiTest {

    private static final Origin SAID = new Origin("signalbox", "me@example.org", "because");

    private static final String AVRO = "application/vnd.apache.avro;version=1.12.2";
    private static final Set<String> TOMBSTONES =
            Set.of("ConnectorGone", "ClusterGone", "AccessKeyGone", "SecretGone", "PipelineGone");

    private static final ObjectMapper YAML = new YAMLMapper();
    private static final ObjectNode DOCUMENT = document();

    private static ObjectNode document() {
        try (var file = Schemas.class.getResourceAsStream("/asyncapi.yaml")) {
            return (ObjectNode) YAML.readTree(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void it_is_a_valid_document() {
        assertThat(problems(DOCUMENT)).isEmpty();
        ObjectNode broken = DOCUMENT.deepCopy();
        ((ObjectNode) broken.at("/operations/ask")).remove("action");
        assertThat(problems(broken)).isNotEmpty();
    }

    private static List<String> problems(ObjectNode document) {
        return Library.validate(Library.readDocument(document.deepCopy()), null).stream()
                .map((ValidationProblem found) -> found.errorCode + " " + found.nodePath + " " + found.message)
                .toList();
    }

    @Test
    void every_reference_leads_somewhere() {
        List<String> references = DOCUMENT.findValuesAsText("$ref");
        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            if (reference.startsWith("#")) {
                assertThat(DOCUMENT.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse();
            } else {
                assertThat(Schemas.class.getResource("/" + reference))
                        .as(reference)
                        .isNotNull();
            }
        });
    }

    @Test
    void every_topic_is_a_channel_and_every_channel_a_topic() {
        Map<String, String> addresses = new TreeMap<>();
        channels()
                .forEach((name, channel) ->
                        addresses.put(name, channel.path("address").textValue()));
        Map<String, String> topics = new TreeMap<>();
        for (Topic topic : Topic.values()) {
            topics.put(channel(topic), topic.name("{prefix}"));
        }
        assertThat(addresses).isEqualTo(topics);
    }

    @Test
    void every_channel_is_used() {
        Set<String> used = new HashSet<>();
        DOCUMENT.path("operations")
                .forEach(operation -> used.add(operation.at("/channel/$ref").asText()));
        assertThat(used)
                .containsExactlyInAnyOrderElementsOf(channels().keySet().stream()
                        .map(name -> "#/channels/" + name)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void settings_are_those_of_the_topic(Topic topic) {
        var kafka = channels().get(channel(topic)).at("/bindings/kafka");
        Map<String, String> settings = new HashMap<>();
        kafka.path("topicConfiguration")
                .properties()
                .forEach(entry -> settings.put(
                        entry.getKey(),
                        entry.getValue().isArray()
                                ? entry.getValue().get(0).asText()
                                : entry.getValue().asText()));
        assertThat(settings).isEqualTo(topic.settings());
        int fixed = topic.partitions(0);
        assertThat(kafka.path("partitions").asInt()).isEqualTo(fixed);
    }

    @ParameterizedTest
    @EnumSource(value = Topic.class, mode = EnumSource.Mode.EXCLUDE, names = "DEAD_LETTER")
    void every_record_type_is_a_message_and_every_message_a_record_type(Topic topic) {
        Map<String, JsonNode> messages = messages(topic);
        messages.keySet().removeAll(TOMBSTONES);
        assertThat(messages.keySet())
                .as("messages of channel %s in schemas/src/main/resources/asyncapi.yaml", channel(topic))
                .containsExactlyInAnyOrderElementsOf(
                        Schemas.of(topic).stream().map(Schema::getName).toList());
        for (Schema schema : Schemas.of(topic)) {
            var message = messages.get(schema.getName());
            assertThat(message.path("name").asText()).isEqualTo(schema.getFullName());
            assertThat(message.path("summary").asText()).isEqualTo(schema.getDoc());
            assertThat(message.at("/payload/schemaFormat").asText()).isEqualTo(AVRO);
            assertThat(message.at("/payload/schema/$ref").asText())
                    .isEqualTo("avro/" + group(schema) + "/" + schema.getName() + ".avsc");
        }
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void where_keys_can_be_gone_there_is_a_tombstone(Topic topic) {
        boolean compacted = "compact".equals(topic.settings().get("cleanup.policy"));
        assertThat(messages(topic).keySet().stream().anyMatch(TOMBSTONES::contains))
                .isEqualTo(compacted);
    }

    @Test
    void events_have_the_headers_that_are_told() {
        var codec = codecs().events();
        Set<String> seen = new HashSet<>();
        for (Class<?> type : RecordTypes.leaves(Event.class)) {
            var schema = Schemas.event(type.getSimpleName());
            for (Record event : Samples.of(type.asSubclass(Record.class), schema)) {
                var key = switch ((Event) event) {
                    case Event.OfConnector e -> AggregateKey.parse("env/cluster/a/ü");
                    case Event.OfCluster e -> AggregateKey.parse("env/cluster");
                    case Event.OfAccessKey e -> AggregateKey.parse("@access/id");
                    case Event.OfSecret e -> AggregateKey.parse("@secret/env/cluster/a/b");
                    case Event.OfQuota e -> AggregateKey.parse("@quota/env");
                    case Event.OfPipeline e -> AggregateKey.parse("@pipeline/env/cluster/id");
                };
                var recorded = new RecordedEvent(
                        "id",
                        key,
                        7,
                        Instant.parse("2026-01-01T00:00:00Z"),
                        "command",
                        "somebody",
                        (Event) event,
                        SAID);
                seen.addAll(requireTold(messages(Topic.LIFECYCLE).get(type.getSimpleName()), codec.headers(recorded)));
            }
        }
        assertThat(seen).isEqualTo(told("EventHeaders"));
    }

    @Test
    void commands_have_the_headers_that_are_told() {
        var codec = codecs().commands();
        Set<String> seen = new HashSet<>();
        for (Class<?> type : RecordTypes.leaves(Command.class)) {
            var schema = Schemas.command(type.getSimpleName());
            for (Record command : Samples.of(type.asSubclass(Record.class), schema)) {
                var key = switch ((Command) command) {
                    case Command.OfConnector c -> AggregateKey.parse("env/cluster/c");
                    case Command.OfCluster c -> AggregateKey.parse("env/cluster");
                    case Command.OfAccessKey c -> AggregateKey.parse("@access/id");
                    case Command.OfSecret c -> AggregateKey.parse("@secret/env/cluster/a/b");
                    case Command.OfQuota c -> AggregateKey.parse("@quota/env");
                    case Command.OfPipeline c -> AggregateKey.parse("@pipeline/env/cluster/id");
                    case Command.DecidePlaces c -> AggregateKey.parse("env/cluster/c");
                    case Command.OfPlaces c -> AggregateKey.parse("@quota/env");
                };
                for (Precondition condition :
                        List.of(Precondition.NONE, new Precondition(Set.of("17", "*"), Set.of("config-5")))) {
                    var sent = codec.encode(
                            new CommandEnvelope("id", key, "somebody", (Command) command, condition, SAID), "replica");
                    seen.addAll(requireTold(messages(Topic.COMMANDS).get(type.getSimpleName()), sent.headers()));
                }
            }
        }
        assertThat(seen).isEqualTo(told("CommandHeaders"));
    }

    @Test
    void every_header_of_the_code_is_told() {
        Set<String> told = told("EventHeaders");
        told.addAll(told("CommandHeaders"));
        Set<String> written = new HashSet<>(Set.of(CloudEvent.CONTENT_TYPE));
        for (CloudEvent attribute : CloudEvent.values()) {
            written.add(attribute.header());
        }
        assertThat(told).isEqualTo(written);
        assertThat(told("DeadLetterHeaders"))
                .containsExactlyInAnyOrder(
                        DeadLetter.TOPIC, DeadLetter.PARTITION, DeadLetter.OFFSET, DeadLetter.REASON);
    }

    @Test
    void the_page_for_people_names_every_event() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "events.md"));
        String table = page.substring(page.indexOf("## Events"), page.indexOf("Events of one key"));
        var names = Pattern.compile("`([A-Z][A-Za-z]+)`")
                .matcher(table)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(names).containsExactlyInAnyOrderElementsOf(Schemas.EVENTS);
    }

    /** @return the names of the headers, each of which the message speaks of and has as it is told */
    private static Set<String> requireTold(JsonNode message, Headers headers) {
        var reference = DOCUMENT.at(message.at("/traits/0/$ref").asText().substring(1))
                .at("/headers/$ref")
                .asText();
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        headers.forEach(header -> found.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        ObjectNode schema = DOCUMENT.at(reference.substring(1)).deepCopy();
        schema.set("components", DOCUMENT.path("components"));
        schema.put("additionalProperties", false);
        var errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(schema)
                .validate(found);
        assertThat(errors).as("%s: %s", message.path("name"), found).isEmpty();
        Set<String> names = new HashSet<>();
        found.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> told(String schema) {
        Set<String> names = new HashSet<>();
        DOCUMENT.at("/components/schemas/" + schema + "/properties")
                .fieldNames()
                .forEachRemaining(names::add);
        return names;
    }

    private static Codecs codecs() {
        var registry = new MockSchemaRegistryClient();
        new SchemaRegistrar(registry, "signalbox").ensure();
        return new Codecs(new TopicNames("signalbox"), new AvroWire(registry));
    }

    private static Map<String, JsonNode> channels() {
        return fields(DOCUMENT.path("channels"));
    }

    private static Map<String, JsonNode> messages(Topic topic) {
        return fields(channels().get(channel(topic)).path("messages"));
    }

    private static Map<String, JsonNode> fields(JsonNode node) {
        Map<String, JsonNode> fields = new TreeMap<>();
        node.properties().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
        return fields;
    }

    private static String channel(Topic topic) {
        return topic.name("").substring(1);
    }

    private static String group(Schema schema) {
        return new ArrayList<>(List.of(schema.getNamespace().split("\\."))).getLast();
    }
}
