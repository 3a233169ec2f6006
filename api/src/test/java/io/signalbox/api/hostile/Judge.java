package io.signalbox.api.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.http.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What must not be in an answer to a request that is wrong. For tests. */
final class Judge {

    private static final Pattern TRACE =
            Pattern.compile("(\\n|\\\\n|^)\\s*(\\\\t|\\t)?at [\\w.$/<>]+\\(|Caused by:|\\\\tat |\\.java:\\d+");
    private static final Pattern CLASS =
            Pattern.compile("\\b(?:[a-z][a-z0-9_]*\\.){2,}[A-Z]\\w*|[a-z](?:Exception|Error)\\b");
    private static final Pattern FILE = Pattern.compile(
            "(?:^|[\\s\"'(:])/(?:home|root|tmp|usr|var|etc|opt|work|app|proc)/|\\w\\.(?:jar|java)\\b|jar:file:");

    /** Where the parser would tell how it is made. */
    private static final List<String> PARSER =
            List.of("StreamReadConstraints", "close marker", "fasterxml", "START_OBJECT", "Jackson");

    private Judge() {}

    /** @return what is wrong with the answer, in words; empty when nothing is */
    static List<String> problems(Target target, Raw asked, Heard heard) {
        if (heard.status() == 0) {
            return asked.cutOffAllowed() ? List.of() : List.of("no answer");
        }
        List<String> problems = new ArrayList<>();
        if (heard.status() >= 500 && !documented(target, heard)) {
            problems.add("status " + heard.status());
        }
        if (heard.status() < 400 && asked.refusalDemanded()) {
            problems.add("it was taken");
        }
        if (heard.status() >= 400 && !asked.head()) {
            problems.addAll(shape(heard));
            inside(heard.body(), problems);
        }
        if (TRACE.matcher(heard.body()).find()) {
            problems.add("a stack trace");
        }
        return problems;
    }

    /** What only a worker knows cannot be told when it does not. */
    private static boolean documented(Target target, Heard heard) {
        return heard.status() == 503
                && target.ofTheWorker()
                && heard.header("retry-after").matches("\\d+");
    }

    /** That of every dialect that there is: Kafka Connect's. */
    private static List<String> shape(Heard heard) {
        if (!heard.header("content-type").equals("application/json")) {
            return List.of("content type '" + heard.header("content-type") + "'");
        }
        try {
            JsonNode body = Json.MAPPER.readTree(heard.content());
            Set<String> fields = new TreeSet<>();
            body.fieldNames().forEachRemaining(fields::add);
            boolean right = fields.equals(Set.of("error_code", "message"))
                    && body.path("error_code").asInt() == heard.status()
                    && !body.path("message").asText().isBlank();
            return right ? List.of() : List.of("another shape");
        } catch (IOException e) {
            return List.of("no JSON");
        }
    }

    private static void inside(String body, List<String> problems) {
        if (CLASS.matcher(body).find()) {
            problems.add("the name of a class");
        }
        if (FILE.matcher(body).find()) {
            problems.add("the path of a file");
        }
        PARSER.stream().filter(body::contains).forEach(word -> problems.add("the parser's word " + word));
    }
}
