package io.signalbox.api.dialect.supermetal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.api.dialect.supermetal.model.Fate.Kind;
import io.signalbox.api.dialect.supermetal.model.Gap;
import io.signalbox.api.http.Failure;
import io.signalbox.processor.dataplane.systems.Check;
import io.signalbox.processor.dataplane.systems.Check.Result;
import io.signalbox.processor.dataplane.systems.Check.Test;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was tried, as {@code ValidateEvent}s: a start, a test for each thing, and how it ended. */
final class ValidateEvents {

    private final Instant now;
    private final List<Check> tests = new ArrayList<>();
    private String failure;

    /** @param now of what takes no time */
    ValidateEvents(Instant now) {
        this.now = now;
    }

    boolean failed() {
        return failure != null;
    }

    void check(Check check) {
        tests.add(check);
        if (check.result() instanceof Result.Failed failed && failure == null) {
            failure = failed.reason();
        }
    }

    /** A field that is not applied as it is. */
    void gap(Gap gap) {
        boolean refused = gap.fate().kind() == Kind.REFUSED;
        String sentence = gap.fate().sentence();
        config(gap.pointer(), refused ? new Result.Failed(sentence) : new Result.Warn(sentence));
    }

    /** What the fields ask for cannot be done together. */
    void refused(Failure why) {
        config(why.violations().isEmpty() ? "" : why.violations().getFirst().field(), new Result.Failed(why.message()));
    }

    private void config(String name, Result result) {
        check(new Check(new Test.Setup(name, "", List.of()), result, now, now));
    }

    /** Nothing could be tried. */
    void trouble(String why) {
        check(new Check(new Test.Connection(), new Result.Failed(why), now, now));
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartArray();
        end(json, "start", null);
        for (int i = 0; i < tests.size(); i++) {
            json.writeStartObject();
            json.writeObjectFieldStart("test");
            json.writeStringField("id", Integer.toString(i + 1));
            test(json, tests.get(i));
            json.writeEndObject();
            json.writeEndObject();
        }
        end(json, failed() ? "failed" : "success", failure);
        json.writeEndArray();
    }

    private static void end(JsonGenerator json, String tag, String reason) throws IOException {
        json.writeStartObject();
        union(json, tag, reason);
        json.writeEndObject();
    }

    /** @param reason null for none */
    private static void union(JsonGenerator json, String tag, String reason) throws IOException {
        json.writeObjectFieldStart(tag);
        if (reason != null) {
            json.writeStringField("reason", reason);
        }
        json.writeEndObject();
    }

    private static void test(JsonGenerator json, Check check) throws IOException {
        json.writeStringField("timestamp", check.endedAt().toString());
        json.writeObjectFieldStart("status");
        switch (check.result()) {
            case Result.Success success -> union(json, "Success", null);
            case Result.Failed failed -> union(json, "Failed", failed.reason());
            case Result.Skipped skipped -> union(json, "Skipped", skipped.reason());
            case Result.Warn warn -> union(json, "Warn", null);
        }
        json.writeEndObject();
        // A warning has no reason of its own there.
        if (check.result() instanceof Result.Warn warn) {
            json.writeStringField("message", warn.reason());
        }
        json.writeObjectFieldStart("test_type");
        type(json, check.test());
        json.writeEndObject();
        commands(json, check.test());
    }

    private static void type(JsonGenerator json, Test test) throws IOException {
        switch (test) {
            case Test.DnsResolution dns -> network(json, "DnsResolution");
            case Test.Reachability reachability -> network(json, "Reachability");
            case Test.Connection connection -> union(json, "Connection", null);
            case Test.Authentication authentication -> union(json, "Authentication", null);
            case Test.Tls tls -> union(json, "TLS", null);
            case Test.ServerInfo server -> {
                json.writeObjectFieldStart("ServerInfo");
                if (server.version() != null) {
                    json.writeStringField("version", server.version());
                }
                json.writeEndObject();
            }
            case Test.Permission right ->
                named(json, "Permission", right.name(), right.description(), right.suggestions());
            case Test.Setup setup -> named(json, "Config", setup.name(), setup.description(), setup.suggestions());
        }
    }

    private static void network(JsonGenerator json, String subtype) throws IOException {
        json.writeObjectFieldStart("Network");
        json.writeStringField("subtype", subtype);
        json.writeEndObject();
    }

    private static void named(JsonGenerator json, String tag, String name, String description, List<String> suggestions)
            throws IOException {
        json.writeObjectFieldStart(tag);
        json.writeStringField("name", name);
        if (!description.isEmpty()) {
            json.writeStringField("description", description);
        }
        texts(json, "suggestions", suggestions);
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /** What somebody can do about it, once more where clients look for it. */
    private static void commands(JsonGenerator json, Test test) throws IOException {
        List<String> suggestions = switch (test) {
            case Test.Permission right -> right.suggestions();
            case Test.Setup setup -> setup.suggestions();
            default -> List.of();
        };
        if (!suggestions.isEmpty()) {
            texts(json, "commands", suggestions);
        }
    }
}
