package io.signalbox.standalone;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a child JVM, on the JDK that runs us.
 *
 * @param program main class of the program whose {@link ClassArchive} it takes; its jars are the beginning of the class path
 */
record JavaCommand(
        String part,
        int heapMegabytes,
        List<String> options,
        String program,
        String classPath,
        List<String> mainAndArgs) {

    /** Marks our children, so that `down` and a later `up` never take another process for one. */
    static final String MARK = "-Dsignalbox.part=";

    /** From then on a JVM says at its start that a library still uses sun.misc.Unsafe. */
    private static final int SAYS_UNSAFE = 23;

    /** Names options for every child, after ours, separated by spaces. */
    private static final String OPTIONS = "SIGNALBOX_JAVA_OPTIONS";

    JavaCommand(String part, int heapMegabytes, List<String> options, String classPath, List<String> mainAndArgs) {
        this(part, heapMegabytes, options, mainAndArgs.getFirst(), classPath, mainAndArgs);
    }

    /**
     * A shell in front makes the child deaf to the terminal's Ctrl-C and hang-up, which reach the whole process group at
     * once: only the launcher hears them, and stops the children in order. A JVM keeps a signal ignored that was ignored
     * when it started; `exec` keeps the process id.
     */
    List<String> toList() throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        command.add(java().toString());
        command.add(MARK + part);
        command.add("-Xmx" + heapMegabytes + "m");
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true"));
        command.add("--enable-native-access=ALL-UNNAMED");
        if (Runtime.version().feature() >= SAYS_UNSAFE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(options);
        command.addAll(given());
        String jars = classPath.split(File.pathSeparator, 2)[0];
        command.addAll(ClassArchive.of(Dist.locate(), program, jars).options());
        command.addAll(List.of("-cp", classPath));
        command.addAll(mainAndArgs);
        return command;
    }

    private static List<String> given() {
        String given = System.getenv().getOrDefault(OPTIONS, "").strip();
        return given.isEmpty() ? List.of() : List.of(given.split("\\s+"));
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
