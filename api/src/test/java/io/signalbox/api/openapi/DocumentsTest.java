package io.signalbox.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apicurio.datamodels.Library;
import io.signalbox.api.http.Fixture;
import io.signalbox.schemas.Schemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published documents are valid, speak of every route and of no other, and can be read where they are served. */
class DocumentsTest {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    private final Fixture f = Fixture.withClusters();

    @AfterEach
    void close() {
        f.close();
    }

    static List<Contract> documents() {
        return Contract.ALL;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void they_are_valid_openapi(Contract document) {
        assertThat(document.root().path("openapi").asText()).startsWith("3.1");
        ObjectNode whole = document.root().deepCopy();
        // The library falls over a server's variables, so they are looked at here.
        whole.withArray("servers").forEach(server -> {
            var variables = ((ObjectNode) server).remove("variables");
            assertThat(Pattern.compile("\\{([a-z]+)}")
                            .matcher(server.path("url").asText())
                            .results()
                            .map(found -> found.group(1)))
                    .allSatisfy(name -> assertThat(
                                    variables.path(name).path("default").asText())
                            .isNotEmpty());
        });
        whole.withArray("servers")
                .removeIf(server -> server.path("url").asText().contains("{"));
        assertThat(problems(whole)).isEmpty();
        ObjectNode broken = whole.deepCopy();
        broken.remove("info");
        assertThat(problems(broken)).isNotEmpty();
    }

    private static List<String> problems(JsonNode document) {
        return Library.validate(Library.readDocument((ObjectNode) document.deepCopy()), null).stream()
                .map(found -> found.errorCode + " " + found.nodePath + " " + found.message)
                // It knows the kinds of OpenAPI 3.0 only; 3.1 has mutualTLS, too.
                .filter(found -> !found.startsWith("SS-008 /components/securitySchemes[certificate]")
                        || !document.at("/components/securitySchemes/certificate/type")
                                .asText()
                                .equals("mutualTLS"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_reference_leads_somewhere(Contract document) {
        assertThat(document.root().findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.root().at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_part_is_used(Contract document) {
        Set<String> used = Set.copyOf(document.root().findValuesAsText("$ref"));
        document.root().path("components").properties().stream()
                // Those are named, not referred to.
                .filter(kind -> !kind.getKey().equals("securitySchemes"))
                .forEach(kind -> kind.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                name -> assertThat(used).contains("#/components/" + kind.getKey() + "/" + name)));
    }

    @Test
    void every_route_is_documented_and_every_documented_route_is_there() {
        Set<String> documented = new TreeSet<>();
        for (Contract document : Contract.ALL) {
            document.paths()
                    .forEach((path, item) -> item.fieldNames().forEachRemaining(method -> {
                        if (METHODS.contains(method)) {
                            documented.add(method.toUpperCase(java.util.Locale.ROOT) + " " + nameless(path));
                        }
                    }));
        }
        Set<String> served = new TreeSet<>();
        f.served()
                .forEach((path, methods) -> methods.stream()
                        .filter(method -> !method.equals("HEAD"))
                        .forEach(method -> served.add(method + " " + nameless(path))));
        assertThat(documented)
                .as("api/src/main/resources/openapi: each route needs its operation in one of these files")
                .isEqualTo(served);
    }

    private static String nameless(String template) {
        return template.replaceAll("\\{[^}]*}", "{}");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_operation_has_a_name_a_summary_and_a_known_tag(Contract document) {
        Set<String> tags = Set.copyOf(document.root().path("tags").findValuesAsText("name"));
        List<String> names = new ArrayList<>();
        for (JsonNode item : document.root().path("paths")) {
            item.properties().stream()
                    .filter(entry -> METHODS.contains(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .forEach(operation -> {
                        names.add(operation.path("operationId").asText());
                        assertThat(operation.path("summary").asText()).isNotBlank();
                        assertThat(tags).contains(operation.at("/tags/0").asText());
                    });
        }
        assertThat(names).doesNotHaveDuplicates().doesNotContain("");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void examples_are_true(Contract document) {
        assertThat(document.root().findParents("example"))
                .isNotEmpty()
                .allSatisfy(place -> assertThat(document.errors(place.path("schema"), place.path("example")))
                        .as("%s", place.path("example"))
                        .isEmpty());
    }

    /** The check is one: an answer that is not promised fails. */
    @Test
    void an_answer_that_is_not_promised_is_found() {
        f.worker.answers(200, "{\"root\":{\"level\":7}}");
        assertThatThrownBy(() -> f.get("/admin/loggers"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("kafka-connect.yaml")
                .hasMessageContaining("level");
    }

    @Test
    void the_page_has_all_that_it_loads_and_loads_nothing_else() throws IOException {
        var page = f.get("/openapi");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("unsafe-eval", "http", "*");
        List<String> loaded = Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                .matcher(page.body())
                .results()
                .map(found -> found.group(1))
                .filter(link -> !link.equals("data:,"))
                .toList();
        assertThat(loaded).hasSize(4).allSatisfy(link -> {
            var file = f.get(link);
            assertThat(file.status()).as(link).isEqualTo(200);
            assertThat(file.header("Content-Type")).startsWith(link.endsWith("css") ? "text/css" : "text/javascript");
            assertThat(file.body()).isNotBlank();
        });
        String own = page.body() + resource("/openapi/page/page.js") + resource("/openapi/page/page.css");
        assertThat(own).doesNotContain("http:", "https:", "//", "<script>");
    }

    @Test
    void documents_are_served_as_they_are_and_by_their_tag() throws IOException {
        var list = f.get("/openapi/documents.json");
        assertThat(list.json().findValuesAsText("file"))
                .containsExactly(
                        "signalbox-v1.yaml",
                        "kafka-connect.yaml",
                        "confluent-connect-v1.yaml",
                        "redpanda-kafka-connect.yaml",
                        "supermetal.yaml",
                        "asyncapi.yaml");
        for (Document document : Document.ALL) {
            var answer = f.get("/openapi/" + document.file());
            assertThat(answer.header("Content-Type")).startsWith("application/yaml");
            assertThat(answer.body()).isEqualTo(resource(document.resource()));
            var again = f.send("GET", "/openapi/" + document.file(), null, "If-None-Match", answer.header("ETag"));
            assertThat(again.toString()).isEqualTo("304 ");
        }
        assertThat(f.get("/openapi/nothing.yaml").status()).isEqualTo(404);
        assertThat(f.get("/openapi/..%2Fapplication.yaml").status()).isEqualTo(404);
    }

    @Test
    void schemas_are_served_whole() throws IOException {
        List<String> references = Contract.read(Document.ALL.getLast()).findValuesAsText("$ref").stream()
                .filter(reference -> reference.endsWith(".avsc"))
                .toList();
        assertThat(references).hasSizeGreaterThan(50);
        for (String reference : references) {
            var answer = f.get("/openapi/" + reference);
            assertThat(answer.status()).as(reference).isEqualTo(200);
            var alone = new SchemaParser().parse(answer.body()).mainSchema();
            String[] parts = reference.split("[/.]");
            assertThat(alone)
                    .isEqualTo(new SchemaParser()
                            .parse(Schemas.json(parts[1], parts[2]).orElseThrow())
                            .mainSchema());
        }
        assertThat(f.get("/openapi/avro/event/Nothing.avsc").status()).isEqualTo(404);
        assertThat(f.get("/openapi/avro/event/ConnectorCreated").status()).isEqualTo(404);
    }

    private static String resource(String path) throws IOException {
        try (var file = DocumentsTest.class.getResourceAsStream(path)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
