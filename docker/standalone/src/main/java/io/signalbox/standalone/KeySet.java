package io.signalbox.standalone;

import io.signalbox.processor.secrets.KeySets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The keys that seal secrets: made once, readable by their owner only, and the same for all replicas. */
public final class KeySet {

    private KeySet() {}

    /** The file with the key set, made on first use. Without it nothing opens that was sealed with it. */
    public static synchronized Path in(Path home) throws IOException {
        Path file = Files.createDirectories(home).resolve("keyset.json");
        if (!Files.exists(file)) {
            KeySets.create(file);
        }
        return file.toAbsolutePath();
    }
}
