package io.signalbox.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a request's JSON, and in which words the rest is refused: never in the parser's. */
class JsonBodyTest {

    private static JsonNode parse(byte[] body) throws IOException {
        return JsonBody.parse(body, json -> Unicode.requiredTree(Json.MAPPER.readTree(json), "the body"), null);
    }

    private static JsonNode parse(String body) throws IOException {
        return parse(body.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(String body, String message) {
        assertThatThrownBy(() -> parse(body)).isInstanceOf(Refusal.class).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[}", "{]", "{\"a\":[}", "{\"a\":[1}", "{\"a\":hunter2}", "{\"a\":01}", "{\"a\":\"\\q\"}", "{"})
    void a_fault_is_told_by_its_place_and_not_in_the_parsers_words(String body) {
        assertThatThrownBy(() -> parse(body))
                .isInstanceOf(Refusal.class)
                .hasMessageMatching("The request's body is no JSON at line 1, column \\d+");
    }

    @Test
    void a_name_comes_once_in_an_object() throws IOException {
        assertThatThrownBy(() -> parse("{\"secret\":1,\"secret\":2}"))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("The request's body has the same name twice in one object at line 1, column ")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> parse("[{\"a\":{\"b\":1,\"c\":2,\"b\":3}}]")).hasMessageContaining("twice");
        assertThat(parse("{\"a\":{\"a\":1},\"b\":{\"a\":1}}")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c328", "e282", "eda080", "c080", "f5808080"})
    void it_has_to_be_in_utf8(String bytes) {
        String hex = HexFormat.of().formatHex("{\"name\":\"".getBytes(StandardCharsets.US_ASCII))
                + bytes
                + HexFormat.of().formatHex("\"}".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> parse(HexFormat.of().parseHex(hex)))
                .isInstanceOf(Refusal.class)
                .hasMessage("The request's body is no JSON: it is not in UTF-8, at byte 9");
    }

    @Test
    void all_of_unicode_is_taken_and_half_a_pair_is_not() throws IOException {
        String all = "{\"ä\":\"€😀\u0000\"}".replace("\u0000", "\\u0000");
        assertThat(parse(all).path("ä").asText()).isEqualTo("€😀\u0000");
        String large = "{\"k\":\"" + "😀".repeat(100_000) + "\"}";
        assertThat(parse(large).path("k").asText()).hasSize(200_000);
        refused("{\"k\":\"\\ud83d\"}", "A text in the body is no valid Unicode: it holds half a surrogate pair");
    }

    @Test
    void a_small_body_cannot_become_much() throws IOException {
        String limits =
                "The request's body goes beyond what is read of JSON (100 levels, 250000 names, values and brackets,"
                        + " names of 10000 characters, numbers of 1000 digits) at line 1, column ";
        assertThat(parse("[".repeat(100) + "]".repeat(100))).hasSize(1);
        assertThat(parse("[" + "0,".repeat(249_000) + "0]")).hasSize(249_001);
        assertThat(parse("[" + "9".repeat(1_000) + "]").get(0).asText()).hasSize(1_000);
        for (String beyond : new String[] {
            "[".repeat(101) + "]".repeat(101),
            "[".repeat(10_000),
            "{\"a\":".repeat(10_000),
            "[" + "0,".repeat(250_000) + "0]",
            "[" + "[],".repeat(130_000) + "0]",
            "[" + "9".repeat(1_001) + "]",
            "{\"" + "n".repeat(10_001) + "\":1}"
        }) {
            assertThatThrownBy(() -> parse(beyond)).isInstanceOf(Refusal.class).hasMessageStartingWith(limits);
        }
    }
}
