package io.signalbox.processor.dataplane.connect;

import io.signalbox.processor.dataplane.Driver;
import io.signalbox.processor.dataplane.DriverFactory;
import io.signalbox.processor.domain.ClusterSpec;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Makes drivers for Kafka Connect clusters. They share one HTTP client, which lives until this is closed. */
public final class ConnectDrivers implements DriverFactory, AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;
    private final Limits limits;
    private final AllowedWorkers allowed;

    /**
     * @param tls for workers that are reached by https
     * @param allowed all others are not asked, whoever registered them
     */
    public ConnectDrivers(Limits limits, WorkerTls tls, AllowedWorkers allowed) {
        this.limits = limits;
        this.allowed = allowed;
        var client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(limits.connect())
                .executor(threads);
        tls.apply(client);
        http = client.build();
    }

    @Override
    public Driver open(ClusterSpec spec) {
        return new ConnectDriver(new WorkerClient(http, threads, limits.bodyBytes(), allowed, spec), limits);
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }
}
