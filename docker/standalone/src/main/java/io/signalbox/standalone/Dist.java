package io.signalbox.standalone;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the build gathered under {@code docker/standalone/target/dist}: a class path per program, and the plugins. */
public record Dist(Path root) {

    /** Found from where this class was loaded; fails if the modules were compiled but never packaged. */
    public static Dist locate() {
        Path from = origin();
        for (Path dir = from; dir != null; dir = dir.getParent()) {
            for (Path candidate : new Path[] {dir, dir.resolve("dist")}) {
                if (Files.isDirectory(candidate.resolve("kafka/lib"))) {
                    return new Dist(candidate);
                }
            }
        }
        throw new StandaloneException("no dist above " + from + ": build it with `mvn -DskipTests package`");
    }

    /** Of the broker and of the Connect worker. */
    public String kafkaClassPath() {
        return root.resolve("kafka/lib") + "/*";
    }

    public String registryClassPath() {
        return root.resolve("registry/quarkus-run.jar").toString();
    }

    public String signalboxClassPath() {
        return root.resolve("signalbox/lib") + "/*";
    }

    public String launcherClassPath() {
        return root.resolve("launcher/lib") + "/*";
    }

    /** The worker's {@code plugin.path}. */
    public Path plugins() {
        return root.resolve("plugins");
    }

    /** Of {@link ClassArchive}s; there only once they were written. */
    Path archives() {
        return root.resolve("archives");
    }

    private static Path origin() {
        try {
            return Path.of(Dist.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
