package io.signalbox.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Apicurio Registry with its tables in a file. Every record in Kafka carries a schema id that this file gave out, so each
 * registration is on disk before it is answered: {@code WRITE_DELAY=0} instead of H2's half second.
 */
public final class Registry extends Part {

    private final Dist dist;
    private final int port;

    public Registry(Dist dist, Path home, int port) {
        super("registry", home);
        this.dist = dist;
        this.port = port;
    }

    /** What goes into {@code schema.registry.url}: the API that Confluent's clients speak. */
    public String url() {
        return url(port);
    }

    static String url(int port) {
        return "http://127.0.0.1:%d/apis/ccompat/v7".formatted(port);
    }

    @Override
    public String address() {
        return url();
    }

    @Override
    JavaCommand command() {
        List<String> options = List.of(
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.http.access-log.enabled=false",
                // Health and metrics on a port of their own, which we do not use: any free one.
                "-Dquarkus.management.host=127.0.0.1",
                "-Dquarkus.management.port=0",
                "-Dapicurio.storage.kind=sql",
                "-Dapicurio.storage.sql.kind=h2",
                "-Dapicurio.datasource.url=jdbc:h2:file:%s;WRITE_DELAY=0".formatted(data().resolve("registry")),
                "-Dapicurio.datasource.jdbc.initial-size=2",
                "-Dapicurio.datasource.jdbc.min-size=2",
                "-Dapicurio.datasource.jdbc.max-size=20",
                // In its manifest, which only `-jar` reads: without it threads of its pool end in an error.
                "--add-opens=java.base/java.lang=ALL-UNNAMED");
        return new JavaCommand(
                name(),
                384,
                options,
                dist.registryClassPath(),
                List.of("io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
    }

    @Override
    boolean ready() throws IOException, InterruptedException {
        return Http.ok(url() + "/subjects");
    }
}
