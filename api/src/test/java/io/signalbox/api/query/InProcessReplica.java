package io.signalbox.api.query;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.signalbox.api.http.Guard;
import io.signalbox.api.http.HttpServer;
import io.signalbox.api.http.HttpSettings;
import io.signalbox.api.http.Readiness;
import io.signalbox.processor.topology.OpenPartitions;
import io.signalbox.processor.topology.StoreName;
import io.signalbox.processor.topology.TopologyBench;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.state.HostInfo;

/**
 * The reading side of a replica, with a real server for the others, in front of stores that a test fills. One partition, no
 * standbys; who owns it is what the test says.
 */
final class InProcessReplica implements AutoCloseable {

    private static final String SECRET = "a-secret-of-this-test-only";

    /** Enough to see a loop, and an end of it. */
    private static final int MOST_LOOKS = 10;

    private record Owner(HostInfo hostInfo) implements StreamsMetadata {
        @Override
        public String host() {
            return hostInfo.host();
        }

        @Override
        public int port() {
            return hostInfo.port();
        }

        @Override
        public Set<String> stateStoreNames() {
            return Set.of(StoreName.CONNECTORS);
        }

        @Override
        public Set<TopicPartition> topicPartitions() {
            return Set.of(new TopicPartition(TopologyBench.TOPICS.commands(), 0));
        }

        @Override
        public Set<TopicPartition> standbyTopicPartitions() {
            return Set.of();
        }

        @Override
        public Set<String> standbyStateStoreNames() {
            return Set.of();
        }
    }

    private final HttpServer server;
    private final AtomicInteger looks = new AtomicInteger();
    final StreamsQueries queries;
    final LocalStores local;
    final Peers peers = new Peers(SECRET, null);
    private volatile InProcessReplica owner;

    /** @param admin is asked where the log ends */
    InProcessReplica(OpenPartitions open, Admin admin) {
        var index = new ReadIndex(admin, TopologyBench.TOPICS.commands(), "signalbox");
        local = new LocalStores(open, index);
        // It is asked for copies only by readers who put up with them.
        var standbys = new Standbys(null, open, System::nanoTime);
        server = new HttpServer(
                new HttpSettings("127.0.0.1", 0, 1_000, 0),
                List.of(new InternalRoutes(local, standbys, key -> Optional.empty(), SECRET), new NoDialect()),
                Guard.OPEN,
                new Ready(),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                "test");
        var owners = new Owners(this::look, TopologyBench.TOPICS, 1);
        queries = new StreamsQueries(local, standbys, owners, peers, index, address());
    }

    void believesInOwner(InProcessReplica replica) {
        owner = replica;
    }

    /** How often it looked for another replica that could answer. */
    int looks() {
        return looks.get();
    }

    HostInfo address() {
        return new HostInfo("127.0.0.1", server.port());
    }

    private Collection<StreamsMetadata> look() {
        return looks.incrementAndGet() > MOST_LOOKS ? List.of() : List.of(new Owner(owner.address()));
    }

    @Override
    public void close() {
        server.close();
    }

    /** One dialect has to have an empty prefix. */
    private static final class NoDialect implements io.signalbox.api.http.Dialect {
        @Override
        public String prefix() {
            return "";
        }

        @Override
        public void routes(io.signalbox.api.http.Routes routes) {
            // none
        }
    }

    private static final class Ready implements Readiness {
        @Override
        public List<String> waitingFor() {
            return List.of();
        }

        @Override
        public boolean stopping() {
            return false;
        }
    }
}
