package io.signalbox.api.dialect.supermetal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is secret is never shown, and is kept where it is left out. */
class SecrecyTest {

    private static final String STORE =
            "{\"object_store\":{\"url\":\"s3://b\",\"options\":[{\"name\":\"region\",\"value\":\"north\"},"
                    + "{\"name\":\"secret_access_key\",\"value\":\"s3cret\"}]}}";

    private static final Keeping KEEPING = new Keeping(true, (pointer, text) -> text.replace("sealed:v1:0:", ""));
    private static final Keeping OF_PATCHES = new Keeping(false, (pointer, text) -> text.replace("sealed:v1:0:", ""));

    static Stream<ObjectNode> samples() {
        return Stream.concat(Samples.all().stream(), LongStream.range(0, 200).mapToObj(Samples::some));
    }

    /** Every secret of a sample is made to be told apart; none of them is in what is shown. */
    @ParameterizedTest
    @MethodSource("samples")
    void no_secret_is_shown_and_all_come_back(ObjectNode sample) {
        ObjectNode whole = Reading.connector(sample);
        List<String> places = new ArrayList<>();
        ObjectNode marked = Secrecy.changed(ConnectorShape.CONNECTOR, whole, (pointer, text, dropped) -> {
            places.add(pointer);
            return "hidden-" + places.size();
        });
        ObjectNode shown = Secrecy.scrubbed(ConnectorShape.CONNECTOR, marked);
        assertThat(shown.toString()).doesNotContain("hidden-").doesNotContain("s3cret");
        ObjectNode sealed =
                Secrecy.changed(ConnectorShape.CONNECTOR, marked, (pointer, text, dropped) -> "sealed:v1:0:" + text);
        assertThat(Secrecy.scrubbed(ConnectorShape.CONNECTOR, sealed)).isEqualTo(shown);
        JsonNode kept = KEEPING.into(ConnectorShape.CONNECTOR, shown, sealed, "");
        assertThat(Reading.connector(kept)).isEqualTo(Reading.connector(withoutBytes(marked)));
    }

    /** Bytes as numbers are of sinks that are not run, so that nothing of them is ever kept. */
    private static ObjectNode withoutBytes(ObjectNode definition) {
        return Secrecy.changed(ConnectorShape.CONNECTOR, definition, (pointer, text, dropped) -> text);
    }

    @Test
    void credentials_of_a_store_are_left_out_of_answers_and_kept() throws IOException {
        ObjectNode stored = store(STORE.replace("s3cret", "sealed:v1:0:s3cret"));
        ObjectNode shown = Secrecy.scrubbed(ConnectorShape.CONNECTOR, stored);
        assertThat(shown.at("/buffer/object_store/options").toString())
                .isEqualTo("[{\"name\":\"region\",\"value\":\"north\"}]");
        for (Keeping keeping : List.of(KEEPING, OF_PATCHES)) {
            assertThat(keeping.into(ConnectorShape.CONNECTOR, shown, stored, ""))
                    .isEqualTo(store(STORE));
            ObjectNode cleared = store(STORE.replace("\"s3cret\"", "null"));
            assertThat(keeping.into(ConnectorShape.CONNECTOR, cleared, stored, ""))
                    .isEqualTo(shown);
        }
        shown.withObject("/buffer/object_store").remove("options");
        assertThat(KEEPING.into(ConnectorShape.CONNECTOR, shown, stored, "")
                        .at("/buffer/object_store/options/0/value")
                        .asText())
                .isEqualTo("s3cret");
    }

    private static ObjectNode store(String buffer) throws IOException {
        return (ObjectNode) Json.MAPPER.readTree("{\"buffer\":" + buffer + "}");
    }

    @ParameterizedTest
    @CsvSource({
        "access_key_id,AKIA,true",
        "aws_secret_access_key,x,true",
        "session_token,x,true",
        "account_key,x,true",
        "azure_storage_sas_key,x,true",
        "azure_storage_master_key,x,true",
        "sas_token,x,true",
        "client_secret,x,true",
        "google_service_account_key,x,true",
        "application_credentials,x,true",
        "region,north,false",
        "account_name,x,false",
        "endpoint,https://a:b@c,true",
        "endpoint,https://c,false"
    })
    void settings_are_secret_by_their_names_and_values(String name, String value, boolean secret) {
        assertThat(Secrecy.telling(name, value)).isEqualTo(secret);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // What is given, what is kept of a whole definition, what of a change.
                "{}|old|-",
                "{\"password\":\"***\"}|old|old",
                "{\"password\":\"a***z\"}|old|old",
                "{\"password\":\"new\"}|new|new"
            })
    void a_secret_is_kept_where_it_is_left_out_or_masked(String given, String whole, String change) throws IOException {
        var shape = PostgresShapes.connection();
        JsonNode stored = Json.MAPPER.readTree("{\"password\":\"sealed:v1:0:old\"}");
        assertThat(KEEPING.into(shape, Json.MAPPER.readTree(given), stored, "")
                        .path("password")
                        .textValue())
                .isEqualTo(whole);
        assertThat(OF_PATCHES
                        .into(shape, Json.MAPPER.readTree(given), stored, "")
                        .path("password")
                        .textValue())
                .isEqualTo(change);
    }

    @Test
    void null_takes_an_optional_secret_away() throws IOException {
        var shape = PostgresShapes.connection();
        JsonNode stored = Json.MAPPER.readTree("{\"ssl_key\":\"sealed:v1:0:old\"}");
        assertThat(KEEPING.into(shape, Json.MAPPER.readTree("{\"ssl_key\":null}"), stored, "")
                        .toString())
                .isEqualTo("{\"ssl_key\":null}");
    }

    @Test
    void nothing_is_kept_of_another_alternative() throws IOException {
        JsonNode stored =
                Json.MAPPER.readTree("{\"ssh\":{\"auth\":{\"generated_key\":{\"private_key\":\"sealed:v1:0:a\"}}}}");
        JsonNode given = Json.MAPPER.readTree("{\"ssh\":{\"auth\":{\"bring_your_own_key\":{}}}}");
        assertThat(KEEPING.into(Parts.tunnel().shape(), given, stored, "")).isEqualTo(given);
    }

    @Test
    void what_is_masked_and_not_kept_is_refused() throws IOException {
        JsonNode given = Json.MAPPER.readTree("{\"password\":\"***\",\"host\":\"a***b\"}");
        var refusal = catchThrowableOfType(
                Refusal.class, () -> KEEPING.into(PostgresShapes.connection(), given, MissingNode.getInstance(), "/x"));
        assertThat(refusal.failure().status()).isEqualTo(400);
        assertThat(refusal.failure().violations().getFirst().field()).isEqualTo("/x/password");
    }

    /** Before it is read, a definition may be anything. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5",
                "[]",
                "{\"source\":[]}",
                "{\"source\":{\"postgres\":5}}",
                "{\"buffer\":{\"object_store\":{\"options\":[5,{},{\"name\":1,\"value\":\"***\"}]}}}"
            })
    void what_is_of_the_wrong_form_stays_so(String json) throws IOException {
        JsonNode given = Json.MAPPER.readTree(json);
        ObjectNode stored = Reading.connector(Samples.all().getFirst());
        if (!json.contains("***")) {
            assertThat(KEEPING.into(ConnectorShape.CONNECTOR, given, MissingNode.getInstance(), ""))
                    .isEqualTo(given);
        }
        assertThat(catchThrowableOfType(
                        Refusal.class,
                        () -> Reading.connector(KEEPING.into(ConnectorShape.CONNECTOR, given, stored, ""))))
                .isNotNull();
    }
}
