package io.signalbox.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Log4j's configuration for the broker and the worker, which cannot see our class path. */
final class KafkaLogging {

    private KafkaLogging() {}

    static String option(Path home) throws IOException {
        Path file = home.resolve("config").resolve("kafka-log4j2.xml");
        Files.createDirectories(file.getParent());
        // Broker and worker may start at the same moment: never let one read what the other has half written.
        Path draft = Files.createTempFile(file.getParent(), "kafka-log4j2", ".draft");
        try (InputStream in = KafkaLogging.class.getResourceAsStream("kafka-log4j2.xml")) {
            Files.copy(in, draft, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return "-Dlog4j2.configurationFile=" + file;
    }
}
