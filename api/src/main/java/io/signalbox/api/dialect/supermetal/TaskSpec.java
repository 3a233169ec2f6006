package io.signalbox.api.dialect.supermetal;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.dialect.supermetal.model.CommandShape;
import io.signalbox.api.dialect.supermetal.model.Wrong;
import io.signalbox.processor.domain.Command.CreatePipelineTask;
import io.signalbox.processor.domain.PipelineState;

/** What a task asks for, and whether a pipeline can do it. */
final class TaskSpec {

    private static final String SNAPSHOT = "/Snapshot";

    private TaskSpec() {}

    /**
     * @param body of the request
     * @throws io.signalbox.api.http.Refusal 400 when it asks for no task, 422 naming what of it cannot be done
     */
    static CreatePipelineTask asked(PipelineState pipeline, JsonNode body) {
        JsonNode snapshot = CommandShape.task(body).path("Snapshot");
        if (snapshot.path("force_parallel").asBoolean()) {
            throw Wrong.notRunnable(
                    SNAPSHOT + "/force_parallel",
                    "is true: a table is read in one piece after another, so that changes go on meanwhile");
        }
        if (snapshot.path("truncate").asBoolean()) {
            throw Wrong.notRunnable(
                    SNAPSHOT + "/truncate",
                    "is true: which rows of the target are not at the source any more is not found out");
        }
        requirePostgres(pipeline);
        String database = snapshot.path("database").asText("");
        String own = pipeline.plan().source().get("database.dbname");
        if (!database.isEmpty() && !database.equals(own)) {
            throw Wrong.notRunnable(SNAPSHOT + "/database", "is not " + own + ", the database of the connector");
        }
        return new CreatePipelineTask(
                snapshot.path("schema").asText(), snapshot.path("name").asText(), database.isEmpty() ? null : database);
    }

    private static void requirePostgres(PipelineState pipeline) {
        if (!Definitions.stored(pipeline).path("source").has("postgres")) {
            throw Wrong.notRunnable(
                    SNAPSHOT,
                    "asks for a single table, and only those of PostgreSQL are copied again: the command ReIntialize"
                            + " copies all of them");
        }
        if (pipeline.plan().ends()) {
            throw Wrong.notRunnable(
                    SNAPSHOT,
                    "asks for a single table of what copies all of them with each run: the command Start begins one");
        }
    }
}
