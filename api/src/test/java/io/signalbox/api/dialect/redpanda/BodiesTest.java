package io.signalbox.api.dialect.redpanda;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.api.http.Failure;
import io.signalbox.api.http.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodiesTest {

    @ParameterizedTest
    @CsvSource({"DOCUMENTED,V1,1", "DOCUMENTED,V1_ALPHA_2,1", "CONSOLE,V1,'{\"status\":1}'", "CONSOLE,V1_ALPHA_2,1"})
    void console_wraps_what_v1_answers(Bodies bodies, Version version, String expected) {
        assertThat(text(bodies.wrapped(version, "status", json -> json.writeNumber(1))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"DOCUMENTED,type.googleapis.com/google.rpc.ErrorInfo", "CONSOLE,google.rpc.ErrorInfo"})
    void console_leaves_the_host_out_of_types(Bodies bodies, String expected) {
        var errors = new ErrorJson(bodies);
        assertThat(text(json -> errors.write(json, new Failure(403, "no"))))
                .isEqualTo("{\"code\":\"PERMISSION_DENIED\",\"message\":\"no\",\"details\":[{\"@type\":\"" + expected
                        + "\",\"reason\":\"REASON_PERMISSION_DENIED\",\"domain\":\"redpanda.com/dataplane\","
                        + "\"metadata\":{}}]}");
    }

    private static String text(Json.Writer writer) {
        return Json.write(writer).toString(StandardCharsets.UTF_8);
    }
}
