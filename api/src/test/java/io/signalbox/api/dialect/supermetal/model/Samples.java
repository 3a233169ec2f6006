package io.signalbox.api.dialect.supermetal.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.api.dialect.supermetal.model.Shape.Flag;
import io.signalbox.api.dialect.supermetal.model.Shape.Fraction;
import io.signalbox.api.dialect.supermetal.model.Shape.Group;
import io.signalbox.api.dialect.supermetal.model.Shape.ListOf;
import io.signalbox.api.dialect.supermetal.model.Shape.OneOf;
import io.signalbox.api.dialect.supermetal.model.Shape.Settings;
import io.signalbox.api.dialect.supermetal.model.Shape.Text;
import io.signalbox.api.dialect.supermetal.model.Shape.Whole;
import io.signalbox.api.dialect.supermetal.model.Shape.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/** Definitions that are right, made of the declaration of their fields. For tests. */
public final class Samples {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Random random;
    private final int share;

    private Samples(long seed, int share) {
        random = new Random(seed);
        this.share = share;
    }

    /** Each union's alternatives have their turn, and of what may be left out some is. */
    public static ObjectNode some(long seed) {
        return new Samples(seed, 50).group(ConnectorShape.CONNECTOR);
    }

    /** One of each alternative of the source and of the sink, with all that there is in them. */
    public static List<ObjectNode> all() {
        List<ObjectNode> all = new ArrayList<>();
        int most = Math.max(
                ((OneOf) ConnectorShape.SOURCE.shape()).tags().size(),
                ((OneOf) ConnectorShape.SINK.shape()).tags().size());
        for (int i = 0; i < most; i++) {
            var samples = new Samples(i, 100);
            ObjectNode connector = samples.group(ConnectorShape.CONNECTOR);
            connector.set("source", samples.alternative((OneOf) ConnectorShape.SOURCE.shape(), i));
            connector.set("sink", samples.alternative((OneOf) ConnectorShape.SINK.shape(), i));
            all.add(connector);
        }
        return all;
    }

    private ObjectNode group(Group group) {
        ObjectNode made = NODES.objectNode();
        for (Field field : group.fields()) {
            if (field.required() || random.nextInt(100) < share) {
                made.set(field.name(), value(field.shape()));
            }
        }
        return made;
    }

    private ObjectNode alternative(OneOf union, int index) {
        Field tag = union.tags().get(index % union.tags().size());
        return NODES.objectNode().set(tag.name(), value(tag.shape()));
    }

    private JsonNode value(Shape shape) {
        return switch (shape) {
            case Text text -> NODES.textNode("text" + random.nextInt(1_000));
            case Flag flag -> NODES.booleanNode(random.nextBoolean());
            case Whole whole ->
                NODES.numberNode(whole.least()
                        + random.nextInt((int) Math.min(1_000, whole.most() - whole.least()) + 1));
            case Fraction fraction -> NODES.numberNode(0.5);
            case Word word ->
                NODES.textNode(word.words().get(random.nextInt(word.words().size())));
            case ListOf list -> {
                ArrayNode items = NODES.arrayNode();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    items.add(value(list.item()));
                }
                yield items;
            }
            case Settings settings ->
                NODES.arrayNode()
                        .add(NODES.objectNode().put(settings.name(), "region").put("value", "north"))
                        .add(NODES.objectNode()
                                .put(settings.name(), "secret_access_key")
                                .put("value", "s3cret"));
            case Group group -> group(group);
            case OneOf union -> alternative(union, random.nextInt(union.tags().size()));
        };
    }

    /** A shape that is there, with the place of its value. */
    @FunctionalInterface
    interface Visitor extends BiConsumer<Shape, String> {}

    /** Calls for every shape of which there is a value, the outermost first. */
    static void visit(Shape shape, JsonNode value, String pointer, Visitor visitor) {
        visitor.accept(shape, pointer);
        switch (shape) {
            case Group group -> group.fields().forEach(field -> member(field, value, pointer, visitor));
            case OneOf union -> union.tags().forEach(field -> member(field, value, pointer, visitor));
            case ListOf list -> {
                for (int i = 0; i < value.size(); i++) {
                    visit(list.item(), value.get(i), pointer + "/" + i, visitor);
                }
            }
            default -> {
                // It has no members.
            }
        }
    }

    private static void member(Field field, JsonNode value, String pointer, Visitor visitor) {
        if (value.has(field.name())) {
            visit(field.shape(), value.get(field.name()), Wrong.below(pointer, field.name()), visitor);
        }
    }
}
