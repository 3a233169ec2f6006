package io.signalbox.api;

import io.signalbox.api.command.KafkaCommandGateway;
import io.signalbox.api.http.Readiness;
import io.signalbox.api.live.LifecycleFeed;
import io.signalbox.processor.dataplane.ClusterDirectory;
import io.signalbox.processor.dataplane.CompactedTable;
import io.signalbox.processor.dataplane.SecretDirectory;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;

/** What the parts of a replica wait for, and whether it was told to stop. */
final class Health implements Readiness {

    private final BringUp bringUp;
    private final KafkaStreams streams;
    private final KafkaCommandGateway gateway;
    private final ClusterDirectory directory;
    private final CompactedTable<?> accessKeys;
    private final SecretDirectory secrets;
    private final CompactedTable<?> pipelines;
    private final LifecycleFeed feed;
    private volatile boolean restored;
    private volatile boolean stopping;

    /**
     * @param streams not started yet; its state listener is ours
     * @param onceRestored what is not needed to answer, and would take the processor from what is
     */
    Health(
            BringUp bringUp,
            KafkaStreams streams,
            KafkaCommandGateway gateway,
            ClusterDirectory directory,
            CompactedTable<?> accessKeys,
            SecretDirectory secrets,
            CompactedTable<?> pipelines,
            LifecycleFeed feed,
            Runnable onceRestored) {
        this.bringUp = bringUp;
        this.streams = streams;
        this.gateway = gateway;
        this.directory = directory;
        this.accessKeys = accessKeys;
        this.secrets = secrets;
        this.pipelines = pipelines;
        this.feed = feed;
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING && !restored) {
                restored = true;
                if (!stopping) {
                    onceRestored.run();
                }
            }
        });
    }

    @Override
    public List<String> waitingFor() {
        List<String> waiting = new ArrayList<>(bringUp.waitingFor());
        if (waiting.isEmpty()) {
            if (!canRead()) {
                waiting.add("the state stores: Kafka Streams is " + streams.state());
            }
            if (!gateway.ready()) {
                waiting.add("the outcome topic");
            }
            if (!directory.ready()) {
                waiting.add("the cluster topic");
            }
            if (!accessKeys.ready()) {
                waiting.add("the access topic");
            }
            if (!secrets.ready()) {
                waiting.add("the secrets topic");
            }
            if (!pipelines.ready()) {
                waiting.add("the pipeline topic");
            }
            if (!feed.ready()) {
                waiting.add("the lifecycle topic");
            }
        }
        return waiting;
    }

    @Override
    public boolean stopping() {
        return stopping;
    }

    void stop() {
        stopping = true;
    }

    /**
     * Partitions that move make all replicas rebalance at once: were they not ready meanwhile, a load balancer would have
     * none left. What is moving is waited for by the read that needs it.
     */
    private boolean canRead() {
        var state = streams.state();
        return state == KafkaStreams.State.RUNNING || (restored && state == KafkaStreams.State.REBALANCING);
    }
}
