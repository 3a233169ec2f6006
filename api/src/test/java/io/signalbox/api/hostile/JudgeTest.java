package io.signalbox.api.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.signalbox.api.http.Dialect;
import io.signalbox.api.http.Guard;
import io.signalbox.api.http.HttpServer;
import io.signalbox.api.http.HttpSettings;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check of answers finds what it is there to find. */
class JudgeTest {

    private static final Target READ = new Target("GET", "/connectors/{connector}", Set.of("GET", "HEAD", "OPTIONS"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400|application/json|{\"error_code\":400,\"message\":\"no JSON at line 1\"}|",
                "404|application/json|{\"error_code\":404,\"message\":\"Connector ../a not found\"}|",
                "200|application/json|{\"class\":\"org.apache.kafka.X\"}|it was taken",
                "500|application/json|{\"error_code\":500,\"message\":\"Internal error\"}|status 500",
                "503|application/json|{\"error_code\":503,\"message\":\"Later\"}|status 503",
                "400|text/html|<h1>Bad</h1>|content type",
                "400|application/json|{\"error_code\":404,\"message\":\"x\"}|another shape",
                "400|application/json|{\"error_code\":400}|another shape",
                "400|application/json|{\"error_code\":400,\"message\":\"x\",\"trace\":\"y\"}|another shape",
                "400|application/json|{\"error_code\":400,\"message\":\"\"}|another shape",
                "400|application/json|Bad|no JSON",
                "400|application/json|{\"error_code\":400,\"message\":\"x\\n\\tat io.signalbox.api.http.Body.read(Body.java:7)\"}|a stack trace",
                "400|application/json|{\"error_code\":400,\"message\":\"Caused by: it\"}|a stack trace",
                "400|application/json|{\"error_code\":400,\"message\":\"IllegalStateException\"}|the name of a class",
                "400|application/json|{\"error_code\":400,\"message\":\"of java.util.ArrayList\"}|the name of a class",
                "400|application/json|{\"error_code\":400,\"message\":\"cannot read /etc/signalbox/admin.key\"}|the path of a file",
                "400|application/json|{\"error_code\":400,\"message\":\"Unexpected close marker '}'\"}|the parser's word",
                "0||{}|no answer"
            })
    void each_fault_of_an_answer_is_found(int status, String type, String body, String found) {
        var heard = new Heard(
                status, type == null ? Map.of() : Map.of("content-type", type), body.getBytes(StandardCharsets.UTF_8));
        var problems = Judge.problems(READ, new Raw("GET", "/connectors/x").mustBeRefused(), heard);
        if (found == null) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).anySatisfy(problem -> assertThat(problem).contains(found));
        }
    }

    @Test
    void a_server_that_lies_is_caught_on_every_route() throws IOException {
        try (var server = new HttpServer(
                new HttpSettings("127.0.0.1", 0, 1_000, 0),
                List.of(new Lying()),
                Guard.OPEN,
                List::of,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                "test")) {
            var targets = Target.of(Lying.SERVED);
            var outcome =
                    new Campaign(server.port(), targets, List.of(new Place("default", "local", "c")), 7, 200).run();
            assertThat(outcome.problems())
                    .anySatisfy(problem -> assertThat(problem).contains("a stack trace", "GET /connectors"))
                    .anySatisfy(problem -> assertThat(problem).contains("status 500", "POST /connectors"))
                    .anySatisfy(problem -> assertThat(problem).contains("another shape", "PUT /connectors"))
                    .anySatisfy(problem -> assertThat(problem).contains("it was taken", "DELETE /connectors"));
            assertThat(new Campaign(server.port(), targets, List.of(new Place("default", "local", "c")), 7, 200)
                            .run()
                            .problems())
                    .as("the same for the same seed")
                    .hasSameSizeAs(outcome.problems());
        }
    }

    /** Each of its routes does what none may do. */
    private static final class Lying implements Dialect {

        static final Map<String, List<String>> SERVED = Map.of(
                "/connectors/{connector}",
                List.of("GET", "DELETE"),
                "/connectors",
                List.of("POST"),
                "/connectors/{connector}/config",
                List.of("PUT"));

        @Override
        public String prefix() {
            return "";
        }

        @Override
        public void routes(Routes routes) {
            routes.getText(
                            "/connectors/{connector}",
                            Rule.PUBLIC,
                            ctx -> ctx.status(400)
                                    .contentType("application/json")
                                    .result(
                                            "{\"error_code\":400,\"message\":\"\\tat io.signalbox.Lying.get(Lying.java:1)\"}"))
                    .delete("/connectors/{connector}", Rule.PUBLIC, ctx -> ctx.status(204))
                    .post(
                            "/connectors",
                            Rule.PUBLIC,
                            ctx -> ctx.status(500)
                                    .contentType("application/json")
                                    .result("{\"error_code\":500,\"message\":\"x\"}"))
                    .put(
                            "/connectors/{connector}/config",
                            Rule.PUBLIC,
                            ctx -> ctx.status(400)
                                    .contentType("application/json")
                                    .result("{\"error\":\"x\"}"));
        }
    }
}
