package io.signalbox.processor.dataplane;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all work of one reconciler shares.
 *
 * @param threads runs passes, which block
 * @param timers starts them later
 */
record Engine(
        ExecutorService threads, ScheduledExecutorService timers, Timing timing, CommandSink sink, Secrets secrets) {}
