package io.signalbox.api.dialect.supermetal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.signalbox.api.access.Role;
import io.signalbox.api.dialect.supermetal.model.CommandShape;
import io.signalbox.api.dialect.supermetal.model.ConnectorShape;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Body;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.processor.dataplane.systems.Catalog;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.secrets.UnresolvedException;
import java.io.IOException;

/** What a source has to copy, as its database tells it just now. */
final class CatalogResource {

    private final SupermetalBase base;
    private final PipelineLookup lookup;
    private final Definitions definitions;
    private final Ends ends;
    private final Databases databases;

    CatalogResource(
            SupermetalBase base, PipelineLookup lookup, Definitions definitions, Ends ends, Databases databases) {
        this.base = base;
        this.lookup = lookup;
        this.definitions = definitions;
        this.ends = ends;
        this.databases = databases;
    }

    void routes(Routes routes) {
        routes.post(base.template("/api/v1/catalog/source"), base.withinCluster(Role.EDITOR), this::catalog);
    }

    private void catalog(Context ctx) throws IOException {
        JsonNode given = Body.tree(ctx);
        var lender = lookup.lender(ctx, ctx.queryParam("connector_id"), Role.EDITOR);
        CommandShape.requireOnly(ConnectorShape.SOURCE, given);
        JsonNode source = definitions.part(ConnectorShape.SOURCE, given, lender);
        Catalog catalog = asked(lookup.cluster(ctx), source);
        Answer.json(ctx, 200, json -> write(json, catalog));
    }

    private Catalog asked(ClusterKey cluster, JsonNode source) {
        Config config = ends.sourceOrRefusal(cluster, source);
        try {
            return databases.catalog(cluster, config);
        } catch (UnresolvedException e) {
            throw new Refusal(422, e.getMessage());
        } catch (SystemException e) {
            throw switch (e.kind()) {
                case UNREACHABLE, BUSY -> Refusal.unavailable("The source: " + e.getMessage());
                case REFUSED -> new Refusal(422, "The source: " + e.getMessage());
            };
        }
    }

    private static void write(JsonGenerator json, Catalog catalog) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", catalog.name());
        json.writeStringField("default_action", "Include");
        json.writeArrayFieldStart("schemas");
        for (Catalog.Schema schema : catalog.schemas()) {
            begin(json, schema.name());
            json.writeArrayFieldStart("tables");
            for (Catalog.Table table : schema.tables()) {
                begin(json, table.name());
                json.writeArrayFieldStart("columns");
                for (Catalog.Column column : table.columns()) {
                    begin(json, column.name());
                    json.writeStringField("data_type", column.dataType());
                    json.writeBooleanField("nullable", column.nullable());
                    json.writeBooleanField("primary_key", column.primaryKey());
                    json.writeBooleanField("supported", column.supported());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void begin(JsonGenerator json, String name) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("action", "Include");
    }
}
