package io.signalbox.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.signalbox.api.http.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether an answer is one that the published OpenAPI documents promise: its status, its content type, its body and its headers.
 * Requests are not checked, because tests send what is wrong on purpose. For tests.
 */
public final class Contract {

    /** These say something of Signalbox's, so that an answer may bear them only if that is written down. */
    private static final Set<String> TELLING = Set.of("etag", "location", "age", "link", "retry-after", "x-request-id");

    static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");

    private static final String OURS = "signalbox-";
    private static final Pattern VERSION = Pattern.compile("(/[a-z-]+)?/v[0-9][a-z0-9]*/");
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDialect(Dialects.getOpenApi31());

    static final List<Contract> ALL =
            Document.ALL.stream().filter(Document::readable).map(Contract::new).toList();

    private final String name;
    private final JsonNode root;
    private final Map<String, JsonNode> paths = new TreeMap<>();
    private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

    private Contract(Document document) {
        name = document.file();
        root = read(document);
        for (JsonNode server : root.path("servers")) {
            String base = server.path("url").asText();
            root.path("paths")
                    .properties()
                    .forEach(path -> paths.put(
                            base.equals("/") ? path.getKey() : (base + path.getKey()).replaceFirst("/$", ""),
                            path.getValue()));
        }
    }

    /** What is promised: methods by path template, on each server. */
    public static Map<String, List<String>> operations() {
        Map<String, List<String>> operations = new TreeMap<>();
        ALL.forEach(contract -> contract.paths.forEach((path, item) -> METHODS.stream()
                .filter(item::has)
                .forEach(method -> operations
                        .computeIfAbsent(path, any -> new ArrayList<>())
                        .add(method.toUpperCase(Locale.ROOT)))));
        return operations;
    }

    static JsonNode read(Document document) {
        try (var file = Contract.class.getResourceAsStream(document.resource())) {
            return new YAMLMapper().readTree(file);
        } catch (IOException e) {
            throw new AssertionError(document.file(), e);
        }
    }

    /** @throws AssertionError when nobody was promised such an answer */
    public static void check(HttpResponse<String> answer) {
        var request = answer.request();
        String path = request.uri().getRawPath();
        List<String> wrong = new ArrayList<>();
        if (path.startsWith("/internal/")) {
            return;
        }
        var found = find(path);
        if (request.method().equals("OPTIONS") && answer.statusCode() == 200) {
            return;
        }
        if (found == null || found.operation(request.method()) == null) {
            found = (found == null ? of(path) : found.contract).unknown();
            if (answer.statusCode() < 400) {
                wrong.add("it is answered, and not documented");
            }
        }
        wrong.addAll(found.mistakes(answer));
        if (!wrong.isEmpty()) {
            throw new AssertionError(
                    "Not as " + found.contract.name + " says: " + request.method() + " " + path + " -> "
                            + answer.statusCode() + " " + answer.headers().map() + " " + answer.body() + "\n  "
                            + String.join("\n  ", wrong));
        }
    }

    /**
     * The same for what one event of a stream bears: OpenAPI 3.1 has no word for it, so that it stands beside the stream.
     *
     * @throws AssertionError when nobody was promised such an event
     */
    public static void checkEvent(String json) throws IOException {
        var contract = ALL.getFirst();
        JsonNode schema = contract.root
                .path("paths")
                .path("/signalbox/v1/events")
                .at("/get/responses/200/content")
                .path("text/event-stream")
                .at("/schema/x-data");
        if (schema.isMissingNode()) {
            throw new AssertionError(contract.name + " does not say what an event bears");
        }
        List<String> wrong = contract.errors(schema, Json.MAPPER.readTree(json));
        if (!wrong.isEmpty()) {
            throw new AssertionError(
                    "Not as " + contract.name + " says: " + json + "\n  " + String.join("\n  ", wrong));
        }
    }

    /** A path of one of the documents; without an item when there is none. */
    private record Found(Contract contract, String template, JsonNode item) {

        JsonNode operation(String method) {
            return item.get(method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT));
        }

        List<String> mistakes(HttpResponse<String> answer) {
            boolean head = answer.request().method().equals("HEAD");
            if (item == null) {
                return contract.body(contract.errorContent(), answer, head);
            }
            JsonNode response = contract.resolved(
                    operation(answer.request().method()).path("responses").path(Integer.toString(answer.statusCode())));
            if (response.isMissingNode()) {
                return List.of("status " + answer.statusCode() + " of " + template + " is not documented");
            }
            List<String> wrong = contract.headers(response.path("headers"), answer);
            wrong.addAll(contract.body(response.path("content"), answer, head));
            return wrong;
        }
    }

    /** In whose form it is told that there is no such path. */
    private static Contract of(String path) {
        return ALL.stream()
                .filter(contract -> contract.tells(path) || contract.bases().anyMatch(path::startsWith))
                .findFirst()
                .orElse(ALL.getFirst());
    }

    /** Where a document says so by a pattern of its own. */
    private boolean tells(String path) {
        String pattern = root.path("x-paths").asText("");
        return !pattern.isEmpty() && Pattern.compile(pattern).matcher(path).find();
    }

    /** Beginnings that are a document's alone: up to the version, if there is one. */
    private Stream<String> bases() {
        return root.path("servers").findValuesAsText("url").stream()
                .map(VERSION::matcher)
                .filter(Matcher::lookingAt)
                .map(Matcher::group);
    }

    private Found unknown() {
        return new Found(this, "", null);
    }

    private JsonNode errorContent() {
        return root.at("/components/responses/NotFound/content");
    }

    /** @return the path with most literal segments; null when there is none */
    private static Found find(String path) {
        Found best = null;
        for (Contract contract : ALL) {
            for (var entry : contract.paths.entrySet()) {
                if (fits(entry.getKey(), path)
                        && (best == null || variables(entry.getKey()) < variables(best.template()))) {
                    best = new Found(contract, entry.getKey(), entry.getValue());
                }
            }
        }
        return best;
    }

    private static boolean fits(String template, String path) {
        String[] wanted = segments(template);
        String[] given = segments(path);
        if (wanted.length != given.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            boolean variable = wanted[i].startsWith("{");
            if (variable ? given[i].isEmpty() : !wanted[i].equals(given[i])) {
                return false;
            }
        }
        return true;
    }

    private static String[] segments(String path) {
        String trimmed = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.split("/", -1);
    }

    private static long variables(String template) {
        return template.chars().filter(c -> c == '{').count();
    }

    private List<String> headers(JsonNode documented, HttpResponse<String> answer) {
        List<String> wrong = new ArrayList<>();
        Map<String, JsonNode> told = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        documented.properties().forEach(header -> told.put(header.getKey(), resolved(header.getValue())));
        told.forEach((header, node) -> {
            var value = answer.headers().firstValue(header);
            if (value.isEmpty() && node.path("required").asBoolean()) {
                wrong.add("header " + header + " is missing");
            }
            value.ifPresent(text -> errors(node.path("schema"), TextNode.valueOf(text))
                    .forEach(error -> wrong.add("header " + header + ": " + error)));
        });
        for (String header : answer.headers().map().keySet()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if ((TELLING.contains(lower) || lower.startsWith(OURS)) && !told.containsKey(header)) {
                wrong.add("header " + header + " is not documented");
            }
        }
        return wrong;
    }

    private List<String> body(JsonNode content, HttpResponse<String> answer, boolean head) {
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(" *;.*", "");
        if (content.isMissingNode() || head) {
            return answer.body().isEmpty() ? List.of() : List.of("a body is not documented");
        }
        var media = content.get(type);
        if (media == null) {
            return List.of("content type '" + type + "' is not documented");
        }
        if (!type.equals("application/json")) {
            return List.of();
        }
        try {
            return errors(media.path("schema"), Json.MAPPER.readTree(answer.body()));
        } catch (IOException e) {
            return List.of("no JSON: " + e.getMessage());
        }
    }

    /** What is wrong with a value that is to be as a schema of this document says. */
    List<String> errors(JsonNode schema, JsonNode value) {
        return compiled.computeIfAbsent(schema, this::compile).validate(value).stream()
                .map(Object::toString)
                .toList();
    }

    private Schema compile(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        // Where its references lead.
        whole.set("components", root.path("components"));
        return SCHEMAS.getSchema(whole);
    }

    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }

    JsonNode root() {
        return root;
    }

    /** By their whole templates, on each server. */
    Map<String, JsonNode> paths() {
        return paths;
    }

    @Override
    public String toString() {
        return name;
    }
}
