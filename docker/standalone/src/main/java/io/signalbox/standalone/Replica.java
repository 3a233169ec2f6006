package io.signalbox.standalone;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One Signalbox process. */
public final class Replica extends Part {

    static final String PREFIX = "signalbox-";

    static final String MAIN = "io.signalbox.api.Signalbox";

    /** Which topics tell of cluster {@code local}. */
    static final String FEED =
            "default/local=" + String.join(":", Worker.STATUS_TOPIC, Worker.CONFIG_TOPIC, Worker.OFFSET_TOPIC);

    /** Enough for ten thousand connectors and some more. */
    static final int HEAP_MEGABYTES = 256;

    private final int port;
    private final int heapMegabytes;
    private final Map<String, String> settings;
    private final String classPath;
    private final String mainClass;
    private boolean keepsClasses;

    /**
     * @param settings Signalbox's own, on top of ours; at least {@code bootstrap.servers}, {@code schema.registry.url} and
     *     {@code internal.secret.file}
     */
    public Replica(Dist dist, Path home, int port, Map<String, String> settings) {
        this(dist, home, port, HEAP_MEGABYTES, settings);
    }

    /** With another heap. */
    Replica(Dist dist, Path home, int port, int heapMegabytes, Map<String, String> settings) {
        this(home, port, heapMegabytes, settings, dist.signalboxClassPath(), MAIN);
    }

    /** For tests that run a main class of their own, one that breaks something on purpose, found in {@code more}. */
    public Replica(Dist dist, Path home, int port, Map<String, String> settings, Path more, String mainClass) {
        this(
                home,
                port,
                HEAP_MEGABYTES,
                settings,
                // Behind ours: an archive of classes wants to find its jars first.
                dist.signalboxClassPath() + File.pathSeparator + more,
                mainClass);
    }

    private Replica(
            Path home, int port, int heapMegabytes, Map<String, String> settings, String classPath, String mainClass) {
        super(PREFIX + port, home);
        this.classPath = classPath;
        this.mainClass = mainClass;
        this.port = port;
        this.heapMegabytes = heapMegabytes;
        this.settings = new HashMap<>(defaults());
        this.settings.putAll(settings);
    }

    /**
     * One of the system on these ports.
     *
     * @param number from 1
     */
    static Replica of(Dist dist, Path home, Ports ports, int number) throws IOException {
        Map<String, String> settings = Map.of(
                "access.admin.key.file", AdminKey.path(home),
                "feed.topics", FEED,
                "bootstrap.servers", Broker.bootstrapServers(ports.broker()),
                "schema.registry.url", Registry.url(ports.registry()),
                "internal.secret.file", InternalSecret.in(home).toString(),
                "shutdown.drain.ms", "1000");
        return new Replica(dist, home, ports.replica(number - 1), settings).keepingClasses();
    }

    /** Its first stop takes some seconds longer, each start after it some less. */
    Replica keepingClasses() {
        keepsClasses = true;
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public String address() {
        return url();
    }

    @Override
    JavaCommand command() throws IOException {
        settings.putIfAbsent("secrets.keyset.file", KeySet.in(home()).toString());
        Path config = writeProperties(settings);
        List<String> options =
                keepsClasses ? ClassArchive.kept(home().resolve("classes").resolve(name() + ".jsa")) : List.of();
        return new JavaCommand(
                name(), heapMegabytes, options, MAIN, classPath, List.of(mainClass, "--config", config.toString()));
    }

    @Override
    boolean ready() throws IOException, InterruptedException {
        return Http.ok(url() + "/health/ready");
    }

    private Map<String, String> defaults() {
        return Map.of(
                "http.host", "127.0.0.1",
                "http.port", Integer.toString(port),
                "advertised.url", url(),
                "application.id", "signalbox",
                "topic.prefix", "signalbox",
                "topic.replication.factor", "1",
                "state.dir", data().resolve("state").toString(),
                "default.environment", "default",
                "default.cluster", "local",
                // No load balancer has to notice.
                "shutdown.drain.ms", "0");
    }
}
