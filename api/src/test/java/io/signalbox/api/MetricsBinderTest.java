package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class MetricsBinderTest {

    private static final String STORE = "kafka_stream_state_put_rate";
    private static final String RESTORE = "kafka_stream_state_updater_restore_records_rate";
    private static final String THREAD = "kafka_stream_thread_process_rate";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void what_is_measured_of_each_store_is_left_out() {
        assertThat(scraped(false))
                .contains(THREAD, RESTORE, "jvm_memory_used_bytes")
                .doesNotContain(STORE);
    }

    @Test
    void unless_it_is_asked_for() {
        assertThat(scraped(true)).contains(THREAD, STORE);
    }

    private String scraped(boolean stores) {
        var binder = new MetricsBinder(registry, stores);
        registry.gauge("kafka.stream.state.put.rate", 1);
        registry.gauge("kafka.stream.state.updater.restore.records.rate", 1);
        registry.gauge("kafka.stream.thread.process.rate", 1);
        String text = registry.scrape();
        binder.close();
        return text;
    }
}
