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

    private static final Set<Integer> BEFORE_A_PATH = Set.of(400, 404, 414, 417, 431);

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
            problems.addAll(shape(target, heard));
            // The names of messages are no classes of ours.
            inside(heard.body().replace("google.rpc.", ""), problems);
        }
        if (TRACE.matcher(heard.body()).find()) {
            problems.add("a stack trace");
        }
        return problems;
    }

    /**
     * What only a worker knows cannot be told when it does not. Redpanda says 501 where others say 405, and Confluent Cloud 500 where a
     * class is none: docs/dialects.md.
     */
    private static boolean documented(Target target, Heard heard) {
        return switch (heard.status()) {
            case 500 ->
                target.confluent() && heard.body().contains("Failed to find any class that implements Connector");
            case 501 -> target.redpanda();
            case 503 -> target.ofTheWorker() && heard.header("retry-after").matches("\\d+");
            default -> false;
        };
    }

    /** That of the dialect; of Kafka Connect for what is found wrong before there is a path. */
    private static List<String> shape(Target target, Heard heard) {
        if (!heard.header("content-type").equals("application/json")) {
            return List.of("content type '" + heard.header("content-type") + "'");
        }
        try {
            JsonNode body = Json.MAPPER.readTree(heard.content());
            Set<String> fields = new TreeSet<>();
            body.fieldNames().forEachRemaining(fields::add);
            boolean wrapped = target.supermetal() && fields.equals(Set.of("error"));
            boolean told = !(wrapped ? body.path("error") : body)
                    .path("message")
                    .asText()
                    .isBlank();
            boolean numbered = body.path("error_code").asInt() == heard.status();
            boolean right;
            if (target.confluent() && fields.contains("error")) {
                right = fields.equals(Set.of("error_code", "message", "error"))
                        && numbered
                        && body.path("error").path("code").asInt() == heard.status()
                        && body.path("error").path("message").equals(body.path("message"));
            } else if (target.redpanda() && fields.contains("code")) {
                right = fields.equals(Set.of("code", "message", "details"))
                        && body.path("code").asText().matches("[A-Z_]+")
                        && body.path("details").isArray();
            } else if (wrapped) {
                right = body.path("error").size() == 3
                        && body.path("error").path("code").asText().matches("[a-z_]+")
                        && body.path("error").has("path");
            } else {
                boolean own = !target.confluent() && !target.redpanda() && !target.supermetal();
                right = fields.equals(Set.of("error_code", "message"))
                        && numbered
                        && (own || BEFORE_A_PATH.contains(heard.status()));
            }
            return right && told ? List.of() : List.of("another shape");
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
