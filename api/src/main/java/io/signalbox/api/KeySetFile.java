package io.signalbox.api;

import io.signalbox.processor.secrets.KeySetException;
import io.signalbox.processor.secrets.KeySets;
import io.signalbox.processor.secrets.Sealer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigException;

/** The keys that seal secrets, from where the settings say. There is no way to run without: it would be one to forget them. */
final class KeySetFile {

    private KeySetFile() {}

    /** @throws ConfigException naming the setting that is missing or wrong, and how to make a key set */
    static Sealer read(SignalboxConfig config) {
        String file = config.getString(SignalboxConfig.KEYSET_FILE);
        if (file.isEmpty()) {
            throw new ConfigException(SignalboxConfig.KEYSET_FILE
                    + " is not set: it names the file with the keys that seal secrets, the same for all replicas. Make one"
                    + " with signalbox --new-keyset FILE, and keep it safe: what is sealed cannot be read without it");
        }
        if (!Files.isReadable(Path.of(file))) {
            throw new ConfigException(SignalboxConfig.KEYSET_FILE + ": cannot read " + file
                    + ". signalbox --new-keyset FILE makes a new one, with which nothing opens that was sealed before");
        }
        try {
            return KeySets.load(Path.of(file), config.getString(SignalboxConfig.KEYSET_KMS));
        } catch (KeySetException e) {
            throw new ConfigException(SignalboxConfig.KEYSET_FILE + ": " + e.getMessage());
        }
    }
}
