package io.signalbox.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program's classes as they are once they are loaded and verified (a dynamic CDS archive, JEP 350). A JVM that starts with them needs
 * less than half of the processor's time. {@link Training} writes them; a JVM takes one only from its own build and with the jars that it was
 * written with.
 *
 * @param file of this program and this JVM
 * @param classPath a jar, or a directory with {@code /*}
 */
record ClassArchive(Path file, String classPath) {

    /** Set in the JVM whose children are to write archives instead of using them. */
    static final String WRITE = "signalbox.archives.write";

    private static final String DRAFT = ".draft";
    private static final String QUIET = "-Xlog:cds*=off";

    static ClassArchive of(Dist dist, String mainClass, String classPath) {
        String name = mainClass + "-" + System.getProperty("java.vm.version") + ".jsa";
        return new ClassArchive(dist.archives().resolve(name), classPath);
    }

    static boolean writing() {
        return Boolean.getBoolean(WRITE);
    }

    /**
     * What to give a JVM that is to write an archive for its next start when it ends, unless there is one that fits.
     *
     * @param file of this process alone
     */
    static List<String> kept(Path file) throws IOException {
        if (writing()) {
            return List.of();
        }
        Files.createDirectories(file.getParent());
        return List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + file, QUIET);
    }

    /** What to give the JVM; nothing where there is no archive of these jars. */
    List<String> options() throws IOException {
        if (writing()) {
            return List.of("-XX:ArchiveClassesAtExit=" + file + DRAFT);
        }
        // One that does not fit is passed over; what the JVM says about it is not news.
        return current() ? List.of("-XX:-AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + file, QUIET) : List.of();
    }

    /** Whether it was written after all of the class path was there. */
    boolean current() throws IOException {
        return Files.exists(file) && newest().compareTo(Files.getLastModifiedTime(file)) < 0;
    }

    /** What the JVMs have written counts once they have ended. */
    static void accept(Path directory) throws IOException {
        try (Stream<Path> drafts = Files.list(directory)) {
            for (Path draft :
                    drafts.filter(each -> each.toString().endsWith(DRAFT)).toList()) {
                String name = draft.getFileName().toString();
                Files.move(draft, draft.resolveSibling(name.substring(0, name.length() - DRAFT.length())));
            }
        }
    }

    private FileTime newest() throws IOException {
        if (!classPath.endsWith("/*")) {
            return Files.getLastModifiedTime(Path.of(classPath));
        }
        Path directory = Path.of(classPath.substring(0, classPath.length() - 2));
        try (Stream<Path> jars = Files.list(directory)) {
            return jars.map(jar -> FileTime.fromMillis(jar.toFile().lastModified()))
                    .max(FileTime::compareTo)
                    .orElse(FileTime.fromMillis(0));
        }
    }
}
