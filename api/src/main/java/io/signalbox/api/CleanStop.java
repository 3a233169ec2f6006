package io.signalbox.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A mark beside the state stores: they were closed in order. Stores without it are not worth keeping, because under
 * exactly-once Kafka Streams throws them away anyway, but one after another, and only when it has got their partitions, which
 * nobody can write to meanwhile.
 */
final class CleanStop {

    private final Path mark;

    /** @param stateDirectory need not exist */
    CleanStop(Path stateDirectory, String applicationId) {
        mark = stateDirectory.resolve(applicationId + ".closed");
    }

    /**
     * Takes the mark away, because from now on it would not be true.
     *
     * @return whether it was there
     */
    boolean take() {
        try {
            return Files.deleteIfExists(mark);
        } catch (IOException e) {
            throw new UncheckedIOException("The state directory cannot be written: " + mark, e);
        }
    }

    void put() {
        try {
            Files.createDirectories(mark.getParent());
            Files.write(mark, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException("The state directory cannot be written: " + mark, e);
        }
    }
}
