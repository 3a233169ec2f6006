package io.signalbox.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.kafka.common.config.ConfigException;

/** What replicas know each other by. */
final class Secret {

    private static final int SHORTEST = 16;

    private Secret() {}

    /**
     * @param file empty for none: the replica then makes one that no other knows
     * @throws ConfigException when the file cannot be read or holds too little
     */
    static String read(String file) {
        if (file.isEmpty()) {
            return UUID.randomUUID().toString();
        }
        try {
            var secret = Files.readString(Path.of(file)).strip();
            if (secret.length() < SHORTEST) {
                throw new ConfigException(SignalboxConfig.INTERNAL_SECRET_FILE + ": " + file + " holds fewer than "
                        + SHORTEST + " characters");
            }
            return secret;
        } catch (IOException e) {
            throw new ConfigException(SignalboxConfig.INTERNAL_SECRET_FILE + ": cannot read " + file);
        }
    }
}
