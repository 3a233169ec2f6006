package io.signalbox.standalone.bench;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * From whose stores a replica's answers come.
 *
 * @param here from its own
 * @param hop from another replica's
 */
record Served(int here, int hop) {

    private static final String SERVED_BY = "signalbox-served-by";

    /** Asks the replica for each path once. */
    static Served by(URI replica, List<String> paths) throws IOException {
        int here = 0;
        try (var connection = new Connection(replica)) {
            for (String path : paths) {
                int status = connection.request("GET", path, "");
                if (status != 200) {
                    throw new IOException("GET " + path + " of " + replica + " answered " + status + ", served by "
                            + connection.header(SERVED_BY) + ", stale: " + connection.header("signalbox-stale")
                            + ", age: "
                            + connection.header("age"));
                }
                if (replica.getAuthority().equals(connection.header(SERVED_BY))) {
                    here++;
                }
            }
        }
        return new Served(here, paths.size() - here);
    }

    Served plus(Served other) {
        return new Served(here + other.here, hop + other.hop);
    }
}
