package io.signalbox.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmCompilationMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.KafkaStreams;

/** Binds what the process, the Kafka clients and Kafka Streams measure of themselves. */
final class MetricsBinder implements AutoCloseable {

    private final MeterRegistry registry;
    private final Deque<AutoCloseable> bound = new ArrayDeque<>();

    /** @param stores whether what is measured of each store is wanted: most of all numbers, and seldom asked for */
    MetricsBinder(MeterRegistry registry, boolean stores) {
        this.registry = registry;
        if (!stores) {
            registry.config().meterFilter(MeterFilter.deny(id -> ofStore(id.getName())));
        }
        new JvmMemoryMetrics().bindTo(registry);
        new JvmCompilationMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        var gc = new JvmGcMetrics();
        gc.bindTo(registry);
        bound.push(gc);
    }

    /** What restores and keeps copies is measured for each thread, and few. */
    private static boolean ofStore(String name) {
        return name.startsWith("kafka.stream.state.") && !name.startsWith("kafka.stream.state.updater.");
    }

    <K, V> Producer<K, V> bind(Producer<K, V> producer) {
        return keep(producer, new KafkaClientMetrics(producer));
    }

    <K, V> Consumer<K, V> bind(Consumer<K, V> consumer) {
        return keep(consumer, new KafkaClientMetrics(consumer));
    }

    void bind(KafkaStreams streams) {
        var metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(registry);
        bound.push(metrics);
    }

    private <T> T keep(T client, KafkaClientMetrics metrics) {
        metrics.bindTo(registry);
        bound.push(metrics);
        return client;
    }

    @Override
    public void close() {
        while (!bound.isEmpty()) {
            try {
                bound.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("A meter could not be closed", e);
            }
        }
    }
}
