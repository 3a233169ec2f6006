package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Decision.accept;
import static io.signalbox.processor.domain.Decision.reject;

import io.signalbox.processor.domain.Command.DeregisterCluster;
import io.signalbox.processor.domain.Command.RegisterCluster;
import io.signalbox.processor.domain.Event.ClusterChanged;
import io.signalbox.processor.domain.Event.ClusterDeregistered;
import io.signalbox.processor.domain.Event.ClusterRegistered;

/** The rules and the fold for one data plane. Forgetting it never touches what runs there. */
public final class ClusterDecider {

    private ClusterDecider() {}

    /** @param now null when it was never registered */
    public static Decision decide(ClusterState now, CommandEnvelope envelope, Command.OfCluster command) {
        boolean registered = now != null && now.registered();
        if (!envelope.precondition().holds(now)) {
            String state = registered ? " is at revision " + now.revision() : " is not registered";
            return reject(
                    RejectionCode.PRECONDITION_FAILED,
                    "Cluster " + envelope.key() + state + ": it is not as the request requires");
        }
        return switch (command) {
            case RegisterCluster c when !registered -> accept(new ClusterRegistered(c.spec()));
            case RegisterCluster c -> c.spec().equals(now.spec()) ? accept() : accept(new ClusterChanged(c.spec()));
            case DeregisterCluster c ->
                registered
                        ? accept(new ClusterDeregistered())
                        : reject(RejectionCode.NOT_FOUND, "Cluster " + envelope.key() + " is not registered");
        };
    }

    public static ClusterState fold(ClusterState now, RecordedEvent recorded, Event.OfCluster event) {
        var key = (ClusterKey) recorded.key();
        return switch (event) {
            case ClusterRegistered e ->
                new ClusterState(key, e.spec(), true, recorded.revision(), recorded.at(), recorded.at());
            case ClusterChanged e ->
                new ClusterState(key, e.spec(), true, recorded.revision(), now.registeredAt(), recorded.at());
            case ClusterDeregistered e ->
                new ClusterState(key, now.spec(), false, recorded.revision(), now.registeredAt(), recorded.at());
        };
    }
}
