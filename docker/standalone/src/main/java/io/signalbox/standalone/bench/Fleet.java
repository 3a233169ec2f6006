package io.signalbox.standalone.bench;

import io.signalbox.standalone.BenchSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.common.utils.Utils;

/** Connectors of the cluster whose worker is away: as many as are asked for, and nothing to wait for. */
final class Fleet {

    /** The default, which a benchmark does not change. */
    static final int PARTITIONS = 12;

    static final String LIST = BenchSystem.AWAY + "/connectors";

    private static final String KEY =
            BenchSystem.AWAY.replace("/environments/", "").replace("clusters/", "") + "/";
    private static final int CLIENTS = 8;

    private Fleet() {}

    /** By eight clients, with validation deferred. */
    static void create(URI replica, int count) throws IOException, InterruptedException {
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<Sample>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String prefix = prefix(i);
                int share = count / CLIENTS + (i < count % CLIENTS ? 1 : 0);
                running.add(clients.submit(() -> Creates.run(replica, LIST + "?validate=deferred", prefix, share)));
            }
            for (Future<Sample> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    /** The paths of some of the first connectors, so many of each partition. */
    static List<String> ofEachPartition(int each) {
        int[] found = new int[PARTITIONS];
        List<String> paths = new ArrayList<>();
        for (int i = 0; paths.size() < each * PARTITIONS; i++) {
            String name = prefix(i % CLIENTS) + "-" + i / CLIENTS;
            int partition = Utils.toPositive(Utils.murmur2((KEY + name).getBytes(StandardCharsets.UTF_8))) % PARTITIONS;
            if (found[partition] < each) {
                found[partition]++;
                paths.add(LIST + "/" + name);
            }
        }
        return paths;
    }

    private static String prefix(int client) {
        return "fleet-" + (char) ('a' + client);
    }
}
