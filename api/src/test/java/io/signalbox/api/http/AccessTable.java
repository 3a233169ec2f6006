package io.signalbox.api.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The table of docs/access.md that says what each route needs. For tests. */
public final class AccessTable {

    static final String NAMED = "/environments/{env}/clusters/{cluster}";

    static final String REDPANDA = "/v1/kafka-connect/";

    private static final Pattern LINE = Pattern.compile("\\| `([A-Z]+)` \\| `([^`]+)` \\| ([a-z ]+) \\|");

    private AccessTable() {}

    /** @param needs as {@link Rule#text} */
    public record Line(String method, String path, String needs) {

        public boolean guarded() {
            return !needs.equals("public") && !needs.equals("peers");
        }

        String role() {
            return needs.split(" ")[0];
        }

        boolean part() {
            return needs.endsWith(" of a part");
        }

        boolean connect() {
            return !path.startsWith("/signalbox/")
                    && !path.startsWith("/connect/v1/")
                    && !path.startsWith(REDPANDA)
                    && !path.startsWith("/openapi")
                    && !path.startsWith("/internal/")
                    && !path.startsWith("/health/")
                    && !path.equals("/metrics");
        }

        /** Kafka Connect's API is served for each cluster, Redpanda's in two versions. */
        List<String> templates() {
            if (path.startsWith(REDPANDA)) {
                return List.of(path, path.replace(REDPANDA, "/v1alpha2/kafka-connect/"));
            }
            return connect() ? List.of(path, (NAMED + path).replaceFirst("/$", "")) : List.of(path);
        }

        String level() {
            if (path.contains("{pipeline}")) {
                return "pipeline";
            }
            if (path.contains("{connector}")) {
                return "connector";
            }
            if (connect() || path.contains("{cluster}")) {
                return "cluster";
            }
            return path.contains("{env}") || path.startsWith(REDPANDA) ? "environment" : "everywhere";
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    public static List<Line> read() {
        try {
            var page = Files.readString(Path.of("..", "docs", "access.md"));
            List<Line> lines = new ArrayList<>();
            LINE.matcher(page)
                    .results()
                    .forEach(found -> lines.add(new Line(found.group(1), found.group(2), found.group(3))));
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
