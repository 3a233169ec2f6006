package io.signalbox.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Secrets that nobody else could have written, and where they are found. */
final class Canaries {

    private final List<String> all = new ArrayList<>();
    private final Map<String, Long> found = new TreeMap<>();

    String next() {
        // A word, so that a parser that quotes one quotes all of it.
        String canary = "canary_%02d_%08x".formatted(all.size(), System.nanoTime() & 0xffffffffL);
        all.add(canary);
        return canary;
    }

    /** The last one may be found. */
    void forgetLast() {
        all.removeLast();
    }

    String first() {
        return all.getFirst();
    }

    int count() {
        return all.size();
    }

    /** By the place and the beginning of what is there. */
    Map<String, Long> found() {
        return found;
    }

    void search(String where, String text) {
        search(where, text.getBytes(StandardCharsets.UTF_8));
    }

    void search(String where, byte[] bytes) {
        if (bytes == null) {
            return;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        all.stream()
                .filter(text::contains)
                .forEach(canary -> found.merge(where + " " + canary.substring(0, 9), 1L, Long::sum));
    }

    /**
     * All topics but those of a worker: its configs, and the traces that it writes itself.
     *
     * @return how many
     */
    int searchTopics(RealParts parts, String worker) throws Exception {
        var looked = new Topics(parts);
        int count = 0;
        try (var admin = Admin.create(Map.of("bootstrap.servers", parts.broker().bootstrapServers()))) {
            for (String topic : admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get()) {
                if (topic.startsWith("connect-" + worker + "-") || topic.startsWith("__")) {
                    continue;
                }
                count++;
                for (ConsumerRecord<byte[], byte[]> each : looked.all(topic)) {
                    search(topic, each.key());
                    search(topic, each.value());
                    each.headers().forEach(header -> search(topic, header.value()));
                }
            }
        }
        return count;
    }

    /** @return how many files there are */
    int searchFiles(Path directory) throws IOException {
        int count = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                search(file.toString(), Files.readAllBytes(file));
                count++;
            }
        }
        return count;
    }
}
