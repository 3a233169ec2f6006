package io.signalbox.standalone.bench;

import io.signalbox.standalone.BenchSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/** Connectors of the cluster whose worker is away: as many as are asked for, and nothing to wait for. */
final class Fleet {

    /** The default, which a benchmark does not change. */
    static final int PARTITIONS = 12;

    static final String LIST = BenchSystem.AWAY + "/connectors";
    static final String CLUSTER = "away";

    private static final int CLIENTS = 8;

    private Fleet() {}

    /** By eight clients, with validation deferred. */
    static void create(URI replica, int count) throws IOException, InterruptedException {
        new Load(replica, CLIENTS).count(count, i -> Connectors.create(LIST + "?validate=deferred", name(i)));
    }

    static String name(int number) {
        return "fleet-" + number;
    }

    /** The paths of some of the first connectors, so many of each partition. */
    static List<String> ofEachPartition(int each) {
        int[] found = new int[PARTITIONS];
        List<String> paths = new ArrayList<>();
        for (int i = 0; paths.size() < each * PARTITIONS; i++) {
            byte[] key = ("default/" + CLUSTER + "/" + name(i)).getBytes(StandardCharsets.UTF_8);
            int partition = Utils.toPositive(Utils.murmur2(key)) % PARTITIONS;
            if (found[partition] < each) {
                found[partition]++;
                paths.add(LIST + "/" + name(i));
            }
        }
        return paths;
    }
}
