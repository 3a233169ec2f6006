package io.signalbox.api.live;

import java.time.Duration;

/**
 * What the streams of one replica may take.
 *
 * @param streams how many there may be at once
 * @param catchUps how many of them may read the topic on their own at once; further ones wait for their turn
 * @param events how many of the latest events are kept for all; who is further behind than that is cut off
 * @param bytes how much memory these may take, about
 * @param stuck how long one write may take before its reader is cut off
 */
public record LiveLimits(int streams, int catchUps, int events, long bytes, Duration stuck) {

    public static final LiveLimits DEFAULT = new LiveLimits(256, 4, 2_048, 16L * 1024 * 1024, Duration.ofSeconds(30));

    public LiveLimits with(int mostStreams, int mostCatchUps) {
        return new LiveLimits(mostStreams, mostCatchUps, events, bytes, stuck);
    }
}
