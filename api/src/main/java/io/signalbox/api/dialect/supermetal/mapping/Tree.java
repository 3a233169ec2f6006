package io.signalbox.api.dialect.supermetal.mapping;

import com.fasterxml.jackson.databind.JsonNode;

/** A part of a normalised definition, and where it stands: what is asked for in it is of the declared kind, or missing. */
record Tree(JsonNode node, String pointer) {

    Tree at(String... names) {
        var found = this;
        for (String name : names) {
            found = new Tree(found.node.path(name), found.pointer + "/" + name);
        }
        return found;
    }

    Tree item(int index) {
        return new Tree(node.path(index), pointer + "/" + index);
    }

    boolean there() {
        return !node.isMissingNode();
    }

    /** The name of what was chosen of several. */
    String tag() {
        return node.fieldNames().next();
    }

    /** What was chosen of several. */
    Tree chosen() {
        return at(tag());
    }

    /** @return empty when it is missing */
    String text(String name) {
        return node.path(name).asText("");
    }

    /** @return false when it is missing */
    boolean flag(String name) {
        return node.path(name).asBoolean();
    }

    /** @return zero when it is missing */
    long number(String name) {
        return node.path(name).asLong();
    }

    boolean has(String name) {
        return node.has(name);
    }
}
