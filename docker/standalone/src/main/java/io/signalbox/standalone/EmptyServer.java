package io.signalbox.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The same HTTP server as Signalbox's with an empty handler, which answers a constant: the limit in benchmarks. */
public final class EmptyServer extends Part {

    private final Dist dist;
    private final int port;
    private final String body;

    public EmptyServer(Dist dist, Path home, int port, String body) {
        super("empty-handler", home);
        this.dist = dist;
        this.port = port;
        this.body = body;
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + port + "/";
    }

    @Override
    JavaCommand command() {
        return new JavaCommand(
                name(),
                256,
                List.of(),
                dist.launcherClassPath() + ":" + dist.signalboxClassPath(),
                List.of("io.signalbox.standalone.bench.EmptyHandler", Integer.toString(port), body));
    }

    @Override
    boolean ready() throws IOException, InterruptedException {
        return Http.ok(address());
    }
}
