package io.signalbox.api.dialect.supermetal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.api.dialect.supermetal.model.Keeping;
import io.signalbox.api.dialect.supermetal.model.Wrong;
import io.signalbox.processor.domain.Sealed;
import java.util.function.BiConsumer;

/** Texts of a definition that stand for secrets, wherever they are in it and whatever else it is. */
final class SealedTexts {

    private SealedTexts() {}

    /**
     * Nobody outside has a key: a sealed text of a caller is a copy of one, or a mistake.
     *
     * @param where it stands
     * @throws io.signalbox.api.http.Refusal 400 naming the first
     */
    static void refuse(JsonNode given, String where) {
        visit(given, where, (pointer, text) -> {
            throw Wrong.form(
                    pointer,
                    "begins like a secret that Signalbox has sealed: give the secret itself, or *** to keep the one that"
                            + " is there");
        });
    }

    /** @return the same, in clear; the tree itself is changed */
    static JsonNode opened(JsonNode tree, Keeping.Opener opener) {
        visit(tree, "", (pointer, text) -> {
            int last = pointer.lastIndexOf('/');
            JsonNode parent = tree.at(pointer.substring(0, last));
            var opened = TextNode.valueOf(opener.open(pointer, text));
            switch (parent) {
                case ObjectNode object ->
                    object.set(pointer.substring(last + 1).replace("~1", "/").replace("~0", "~"), opened);
                case ArrayNode array -> array.set(Integer.parseInt(pointer.substring(last + 1)), opened);
                default -> throw new IllegalStateException("Nothing else has members");
            }
        });
        return tree;
    }

    private static void visit(JsonNode node, String pointer, BiConsumer<String, String> sealed) {
        if (node.isTextual() && Sealed.is(node.textValue())) {
            sealed.accept(pointer, node.textValue());
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            visit(node.get(i), pointer + "/" + i, sealed);
        }
        if (node.isObject()) {
            // What is opened takes the place of what was there, so that the names stay the same.
            node.fieldNames()
                    .forEachRemaining(name -> visit(
                            node.get(name),
                            pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                            sealed));
        }
    }
}
