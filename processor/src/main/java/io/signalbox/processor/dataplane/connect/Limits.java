package io.signalbox.processor.dataplane.connect;

import java.time.Duration;

/**
 * How long and how much a driver takes from a worker. A worker's own limit for a request is 90 s; nobody here waits
 * that long, because what it answers is read back anyway.
 *
 * @param connect for a connection to one worker
 * @param read for one answer that changes nothing, body included
 * @param write for one answer to a change, body included
 * @param bodyBytes the largest body accepted
 */
public record Limits(Duration connect, Duration read, Duration write, long bodyBytes) {

    public static final Limits DEFAULT =
            new Limits(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30), 64L << 20);
}
