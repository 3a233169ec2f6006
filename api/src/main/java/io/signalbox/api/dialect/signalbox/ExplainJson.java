package io.signalbox.api.dialect.signalbox;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.api.explain.Explanation;
import io.signalbox.api.explain.Facts;
import io.signalbox.api.explain.Finding;
import io.signalbox.api.live.LatestEvents;
import io.signalbox.processor.dataplane.Outlook;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.TaskStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** An explanation with the facts that it rests on. */
final class ExplainJson {

    private ExplainJson() {}

    static void write(JsonGenerator json, Facts facts, Explanation explanation) throws IOException {
        var state = facts.state();
        json.writeStartObject();
        json.writeStringField("environment", state.key().environment());
        json.writeStringField("cluster", state.key().cluster());
        json.writeStringField("connector", state.key().connector());
        json.writeStringField("situation", explanation.first().situation().name());
        json.writeStringField("summary", explanation.first().says());
        json.writeStringField("todo", explanation.first().todo());
        json.writeStringField("root_cause", explanation.first().rootCause());
        json.writeStringField("next", explanation.next());
        json.writeArrayFieldStart("findings");
        for (Finding finding : explanation.findings()) {
            json.writeStartObject();
            json.writeStringField("situation", finding.situation().name());
            json.writeStringField("says", finding.says());
            json.writeStringField("todo", finding.todo());
            json.writeStringField("root_cause", finding.rootCause());
            json.writeEndObject();
        }
        json.writeEndArray();
        desiredAndObserved(json, state);
        told(json, "last_event", facts.latest().last());
        told(json, "last_command", facts.latest().asked());
        reconciler(json, facts);
        json.writeEndObject();
    }

    private static void desiredAndObserved(JsonGenerator json, ConnectorState state) throws IOException {
        json.writeObjectFieldStart("desired");
        json.writeStringField("phase", state.phase().name());
        json.writeStringField("target_state", state.targetState().name());
        json.writeNumberField("generation", state.generation());
        json.writeNumberField("config_revision", state.configRevision());
        json.writeBooleanField("validated", state.validated());
        json.writeEndObject();
        json.writeObjectFieldStart("observed");
        var status = state.status();
        json.writeNumberField("generation", state.observedGeneration());
        json.writeStringField("state", status == null ? null : status.state().name());
        json.writeStringField("worker_id", status == null ? null : status.workerId());
        json.writeArrayFieldStart("tasks");
        for (TaskStatus task : status == null ? List.<TaskStatus>of() : status.tasks()) {
            json.writeStartObject();
            json.writeNumberField("id", task.id());
            json.writeStringField("state", task.state().name());
            json.writeStringField("worker_id", task.workerId());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeNumberField("revision", state.revision());
        json.writeStringField("updated_at", state.updatedAt().toString());
    }

    private static void told(JsonGenerator json, String name, LatestEvents.Told told) throws IOException {
        json.writeFieldName(name);
        if (told == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("id", told.id());
        json.writeStringField("type", told.type());
        json.writeStringField("time", told.time());
        json.writeNumberField("revision", told.revision());
        json.writeStringField("actor", told.actor());
        json.writeStringField("command_id", told.commandId());
        json.writeEndObject();
    }

    private static void reconciler(JsonGenerator json, Facts facts) throws IOException {
        var found = facts.outlook();
        json.writeObjectFieldStart("reconciler");
        json.writeBooleanField("known", found.outlook().isPresent());
        json.writeStringField("replica", found.replica());
        if (found.outlook().isPresent()) {
            outlook(json, found.outlook().get(), facts.now());
        } else {
            json.writeStringField("why_unknown", found.whyUnknown());
        }
        json.writeEndObject();
    }

    private static void outlook(JsonGenerator json, Outlook outlook, Instant now) throws IOException {
        json.writeStringField("doing", outlook.doing().name());
        json.writeNumberField("failures", outlook.failures());
        number(json, "next_in_ms", outlook.nextInMs());
        json.writeStringField(
                "next_at",
                outlook.nextInMs() == null
                        ? null
                        : now.plusMillis(outlook.nextInMs()).toString());
        number(json, "longest_backoff_ms", outlook.longestMs());
        json.writeStringField("cluster", outlook.answering().name());
        number(json, "cluster_looked_at_in_ms", outlook.lookInMs());
        json.writeFieldName("problem");
        var problem = outlook.problem() == null ? outlook.clusterProblem() : outlook.problem();
        if (problem == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("kind", problem.kind().name());
        number(json, "http_status", problem.status() == 0 ? null : Long.valueOf(problem.status()));
        json.writeStringField("worker_id", problem.worker());
        json.writeStringField("message", problem.message());
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, Long value) throws IOException {
        json.writeFieldName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeNumber(value);
        }
    }
}
