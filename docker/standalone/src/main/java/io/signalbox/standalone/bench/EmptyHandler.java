package io.signalbox.standalone.bench;

import io.javalin.Javalin;

/** The limit: the same HTTP server on virtual threads, answering a constant. Port as the only argument. */
public final class EmptyHandler {

    private EmptyHandler() {}

    public static void main(String[] args) {
        int port = Integer.parseInt(args[0]);
        byte[] body = args[1].getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Javalin.create(config -> {
                    config.concurrency.useVirtualThreads = true;
                    config.startup.showJavalinBanner = false;
                    config.routes.get(
                            "/", ctx -> ctx.contentType("application/json").result(body));
                })
                .start("127.0.0.1", port);
    }
}
