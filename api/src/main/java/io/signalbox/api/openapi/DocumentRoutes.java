package io.signalbox.api.openapi;

import io.javalin.http.Context;
import io.signalbox.api.http.Answer;
import io.signalbox.api.http.Conditions;
import io.signalbox.api.http.Dialect;
import io.signalbox.api.http.EntityTag;
import io.signalbox.api.http.Json;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Routes;
import io.signalbox.api.http.Rule;
import io.signalbox.schemas.Schemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** {@code /openapi}: the documents, and a page to read them on that loads nothing from anywhere else. */
public final class DocumentRoutes implements Dialect {

    private static final String YAML = "application/yaml";

    /** The page runs its own two scripts and nothing else; its styles are also set by the script, element by element. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private record File(String resource, String contentType) {}

    private static final File PAGE = new File("/openapi/page/index.html", "text/html; charset=utf-8");

    private final Map<String, File> files = new HashMap<>();
    private final byte[] list;

    public DocumentRoutes() {
        Document.ALL.forEach(document -> files.put(document.file(), new File(document.resource(), YAML)));
        for (String script : new String[] {"page.js", "swagger-ui-bundle.js"}) {
            files.put(script, new File("/openapi/page/" + script, "text/javascript; charset=utf-8"));
        }
        for (String style : new String[] {"page.css", "swagger-ui.css"}) {
            files.put(style, new File("/openapi/page/" + style, "text/css; charset=utf-8"));
        }
        list = Json.write(json -> {
                    json.writeStartArray();
                    for (Document document : Document.ALL) {
                        json.writeStartObject();
                        json.writeStringField("file", document.file());
                        json.writeStringField("title", document.title());
                        json.writeBooleanField("readable", document.readable());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                })
                .toByteArray();
    }

    @Override
    public String prefix() {
        return "/openapi";
    }

    @Override
    public void routes(Routes routes) {
        routes.uncounted()
                .getText("/openapi", Rule.PUBLIC, ctx -> answer(ctx, PAGE))
                .getText("/openapi/{file}", Rule.PUBLIC, this::file)
                .get("/openapi/avro/{group}/{schema}", Rule.PUBLIC, DocumentRoutes::schema);
    }

    private void file(Context ctx) throws IOException {
        String name = ctx.pathParam("file");
        if (name.equals("documents.json")) {
            answer(ctx, Answer.JSON, list);
            return;
        }
        var file = files.get(name);
        if (file == null) {
            throw Refusal.notFound("There is no document of this name: /openapi/documents.json names them");
        }
        answer(ctx, file);
    }

    private static void schema(Context ctx) throws IOException {
        String file = ctx.pathParam("schema");
        String name = file.endsWith(".avsc") ? file.substring(0, file.length() - ".avsc".length()) : "";
        String schema = Schemas.json(ctx.pathParam("group"), name)
                .orElseThrow(() -> Refusal.notFound("There is no record of this name"));
        answer(ctx, Answer.JSON, schema.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(Context ctx, File file) throws IOException {
        try (var in = DocumentRoutes.class.getResourceAsStream(file.resource())) {
            if (in == null) {
                throw new IllegalStateException("Missing from the jar: " + file.resource());
            }
            answer(ctx, file.contentType(), in.readAllBytes());
        }
    }

    private static void answer(Context ctx, String contentType, byte[] body) throws IOException {
        var response = ctx.res();
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        // Asked again each time, and answered by its tag: the next release may have another under the same name.
        response.setHeader("Cache-Control", "no-cache");
        if (!Conditions.unchanged(ctx, EntityTag.of(body))) {
            Answer.text(ctx, contentType, body);
        }
    }
}
