package io.signalbox.standalone;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** Follows a text file from its present end on, whole lines only. */
final class FileTail {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Path file;
    private final Consumer<String> sink;
    private final Thread reader;
    private long position;

    /** @param file must exist */
    FileTail(Path file, Consumer<String> sink) {
        this.file = file;
        this.sink = sink;
        this.position = file.toFile().length();
        reader = Thread.ofPlatform().daemon().name("tail-" + file.getFileName()).start(this::follow);
    }

    void stop() throws InterruptedException {
        reader.interrupt();
        reader.join();
    }

    private void follow() {
        try {
            while (true) {
                drain();
                Thread.sleep(PAUSE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain() throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] fresh = new byte[(int) Math.min(Math.max(0, in.length() - position), 1 << 20)];
            in.seek(position);
            in.readFully(fresh);
            int start = 0;
            for (int i = 0; i < fresh.length; i++) {
                if (fresh[i] == '\n') {
                    sink.accept(new String(fresh, start, i - start, StandardCharsets.UTF_8));
                    start = i + 1;
                }
            }
            position += start;
        }
    }
}
