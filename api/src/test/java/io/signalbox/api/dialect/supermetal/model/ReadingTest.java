package io.signalbox.api.dialect.supermetal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.api.dialect.supermetal.model.Shape.Flag;
import io.signalbox.api.dialect.supermetal.model.Shape.Group;
import io.signalbox.api.dialect.supermetal.model.Shape.ListOf;
import io.signalbox.api.dialect.supermetal.model.Shape.OneOf;
import io.signalbox.api.dialect.supermetal.model.Shape.Text;
import io.signalbox.api.dialect.supermetal.model.Shape.Whole;
import io.signalbox.api.dialect.supermetal.model.Shape.Word;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Refusal;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of the contract is read, and nothing else is; the definitions are made of the declaration itself. */
class ReadingTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static Stream<ObjectNode> samples() {
        return Stream.concat(Samples.all().stream(), LongStream.range(0, 200).mapToObj(Samples::some));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void what_was_normalised_reads_as_it_is(ObjectNode sample) {
        ObjectNode once = Reading.connector(sample);
        assertThat(Reading.connector(once)).isEqualTo(once);
        assertThat(Reading.connector(once).toString()).isEqualTo(once.toString());
        sample.fieldNames().forEachRemaining(name -> assertThat(once.has(name)).isTrue());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void of_a_union_there_is_exactly_one_alternative(ObjectNode sample) {
        var seen = new AtomicInteger();
        Samples.visit(ConnectorShape.CONNECTOR, sample, "", (shape, pointer) -> {
            if (shape instanceof OneOf union) {
                seen.incrementAndGet();
                assertThat(refused(with(sample, pointer, NODES.objectNode()))).isEqualTo(pointer);
                assertThat(refused(with(sample, pointer, NODES.textNode("x")))).isEqualTo(pointer);
                ObjectNode unknown = NODES.objectNode();
                unknown.putObject("nothing");
                assertThat(refused(with(sample, pointer, unknown))).isEqualTo(pointer + "/nothing");
                ObjectNode two = sample.at(pointer).deepCopy();
                two.putObject("another");
                assertThat(refused(with(sample, pointer, two))).isEqualTo(pointer);
                assertThat(union.tags()).isNotEmpty();
            }
        });
        assertThat(seen.get()).isGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void what_is_not_known_is_named_by_its_place(ObjectNode sample) {
        Samples.visit(ConnectorShape.CONNECTOR, sample, "", (shape, pointer) -> {
            if (shape instanceof Group) {
                ObjectNode more = sample.at(pointer).deepCopy();
                more.put("not~known/here", 1);
                assertThat(refused(with(sample, pointer, more))).isEqualTo(pointer + "/not~0known~1here");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("samples")
    void what_is_of_another_kind_or_beyond_its_bounds_is_named_by_its_place(ObjectNode sample) {
        Samples.visit(ConnectorShape.CONNECTOR, sample, "", (shape, pointer) -> {
            Stream<JsonNode> wrong = switch (shape) {
                case Text text ->
                    Stream.of(
                            NODES.numberNode(5),
                            NODES.objectNode(),
                            NODES.textNode("x".repeat(text.most() + 1)),
                            NODES.textNode("a\0b"));
                case Flag flag -> Stream.of(NODES.textNode("true"), NODES.numberNode(1));
                case Whole whole ->
                    Stream.of(
                            NODES.textNode("5"),
                            NODES.numberNode(5.5),
                            NODES.numberNode(whole.least() - 1),
                            NODES.numberNode(new java.math.BigInteger("9223372036854775808")));
                case Word word -> Stream.of(NODES.textNode("nothing"), NODES.textNode("include"));
                case ListOf list -> Stream.of(NODES.objectNode(), NODES.textNode("x"));
                case Group group -> Stream.of(NODES.arrayNode(), NODES.textNode("x"));
                default -> Stream.empty();
            };
            wrong.forEach(
                    value -> assertThat(refused(with(sample, pointer, value))).isEqualTo(pointer));
        });
    }

    @Test
    void what_has_to_be_there_is_named_when_it_is_not() {
        for (ObjectNode sample : Samples.all()) {
            Samples.visit(ConnectorShape.CONNECTOR, sample, "", (shape, pointer) -> {
                if (shape instanceof Group group) {
                    group.fields().stream().filter(Field::required).forEach(field -> {
                        String place = Wrong.below(pointer, field.name());
                        ObjectNode less = sample.at(pointer).deepCopy();
                        less.remove(field.name());
                        assertThat(refused(with(sample, pointer, less))).isEqualTo(place);
                        less.putNull(field.name());
                        assertThat(refused(with(sample, pointer, less))).isEqualTo(place);
                    });
                }
            });
        }
    }

    /** Seed 003, with its placeholders: of the envelope only what is needed. */
    @Test
    void what_is_left_out_is_as_it_usually_is() throws Exception {
        JsonNode given = Json.MAPPER.readTree("""
                {"id": "string",
                 "source": {"postgres": {
                   "connection": {"host": "example.com", "user": "string", "password": "pa$$word", "database": "string"},
                   "replication_type": {"logical_replication": {}}}},
                 "sink": {"postgres": {
                   "connection": {"host": "example.com", "user": "string", "password": "pa$$word", "database": "string"}}}}
                """);
        assertThat(Reading.connector(given)).isEqualTo(Json.MAPPER.readTree("""
                {"id": "string",
                 "source": {"postgres": {
                   "connection": {"host": "example.com", "port": 5432, "user": "string", "password": "pa$$word",
                     "database": "string", "ssl_mode": "Prefer", "max_pool_size": 0, "operation_lock_timeout_seconds": 0},
                   "replication_type": {"logical_replication": {"retry_window_seconds": 0, "skip_snapshots": false}},
                   "parallel_snapshots_enabled": true, "partitions_as_root": false}},
                 "sink": {"postgres": {
                   "connection": {"host": "example.com", "port": 5432, "user": "string", "password": "pa$$word",
                     "database": "string", "ssl_mode": "Prefer", "max_pool_size": 0, "operation_lock_timeout_seconds": 0}}},
                 "disabled": false}
                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":\"\",\"name\":\"\"}|/source",
                "{}|/id",
                "[]|''",
                "{\"id\":null}|/id",
                "{\"id\":\"x\",\"name\":null,\"buffer\":null,\"limits\":null,\"schedule\":null,\"source\":null}|/source"
            })
    void the_envelope_says_what_it_misses(String json, String pointer) throws Exception {
        assertThat(refused(Json.MAPPER.readTree(json))).isEqualTo(pointer);
    }

    @Test
    void a_setting_is_named_once() throws Exception {
        JsonNode twice = Json.MAPPER.readTree("{\"object_store\":{\"url\":\"s3://b\",\"options\":["
                + "{\"name\":\"region\",\"value\":\"a\"},{\"name\":\"region\",\"value\":\"b\"}]}}");
        var refusal = catchThrowableOfType(Refusal.class, () -> Reading.read(ConnectorShape.BUFFER, twice, "/buffer"));
        assertThat(refusal.failure().violations().getFirst().field()).isEqualTo("/buffer/object_store/options/1");
    }

    /** @return where it is said to be wrong */
    private static String refused(JsonNode connector) {
        var refusal = catchThrowableOfType(Refusal.class, () -> Reading.connector(connector));
        assertThat(refusal).as(connector.toString()).isNotNull();
        assertThat(refusal.failure().status()).isEqualTo(400);
        return refusal.failure().violations().getFirst().field();
    }

    /** A copy with another value at a place. */
    static JsonNode with(JsonNode whole, String pointer, JsonNode value) {
        if (pointer.isEmpty()) {
            return value;
        }
        JsonNode copy = whole.deepCopy();
        int last = pointer.lastIndexOf('/');
        JsonNode parent = copy.at(pointer.substring(0, last));
        String name = pointer.substring(last + 1).replace("~1", "/").replace("~0", "~");
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), value);
        } else {
            ((ObjectNode) parent).setAll(Map.of(name, value));
        }
        return copy;
    }
}
