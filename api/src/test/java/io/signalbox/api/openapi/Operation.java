package io.signalbox.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An operation of a document, on one of its servers.
 *
 * @param template its whole path
 * @param node what the document says of it
 */
record Operation(Contract contract, String method, String template, JsonNode node) {

    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z]+)}");

    static List<Operation> of(Contract contract) {
        List<Operation> all = new ArrayList<>();
        contract.paths()
                .forEach((template, item) -> Contract.METHODS.stream()
                        .filter(item::has)
                        .forEach(method -> all.add(
                                new Operation(contract, method.toUpperCase(Locale.ROOT), template, item.get(method)))));
        return all;
    }

    Operation with(String query) {
        return new Operation(contract, method, template + query, node);
    }

    String id() {
        return node.path("operationId").asText();
    }

    /** In what it can end, as the document says. */
    List<Integer> statuses() {
        List<Integer> statuses = new ArrayList<>();
        node.path("responses").fieldNames().forEachRemaining(status -> statuses.add(Integer.valueOf(status)));
        return statuses;
    }

    List<String> variables() {
        return VARIABLE.matcher(template).results().map(found -> found.group(1)).toList();
    }

    boolean reads() {
        return method.equals("GET");
    }

    /** Nothing else can be unknown in the end. */
    boolean commands() {
        return statuses().contains(504);
    }

    boolean takesBody() {
        return node.has("requestBody");
    }

    @Override
    public String toString() {
        return contract + " " + id() + " " + method + " " + template;
    }
}
