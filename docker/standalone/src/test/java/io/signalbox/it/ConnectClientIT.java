package io.signalbox.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.sourcelab.kafka.connect.apiclient.KafkaConnectClient;

/** A client that others wrote for Kafka Connect, unchanged: every call it has, to a worker and to Signalbox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectClientIT {

    private Map<String, String> worker;
    private Map<String, String> signalbox;

    @BeforeAll
    void call() throws IOException {
        Path lines = Files.writeString(
                RealParts.shared().directory("client").resolve("lines"), "train 1\ntrain 2\ntrain 3\n");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var direct = CompletableFuture.supplyAsync(() -> ClientOwnJars.all(Twins.worker(), lines), threads);
            var behind = CompletableFuture.supplyAsync(() -> ClientOwnJars.all(Twins.signalbox(), lines), threads);
            worker = direct.join();
            signalbox = behind.join();
        }
    }

    @TestFactory
    Stream<DynamicTest> the_client_sees_no_difference() {
        return worker.keySet().stream()
                .map(call -> DynamicTest.dynamicTest(
                        call, () -> assertThat(signalbox.get(call)).as(call).isEqualTo(worker.get(call))));
    }

    @Test
    void every_call_that_the_client_has_was_made() {
        assertThat(worker.keySet()).isEqualTo(signalbox.keySet());
        assertThat(worker.keySet().stream()
                        .map(call -> call.replaceFirst(",.*", ""))
                        .collect(Collectors.toSet()))
                .isEqualTo(Arrays.stream(KafkaConnectClient.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(Method::getName)
                        .collect(Collectors.toSet()));
    }

    @Test
    void what_the_client_was_told_is_what_it_asked_for() {
        assertThat(signalbox)
                .containsEntry("restartConnector, a connector", "true")
                .containsEntry("stopConnector, a connector", "true")
                .containsEntry(
                        "getConnectorTopics, a source",
                        "{\"name\":\"client-source\",\"topics\":[\"client-lines-side\"]}")
                .containsEntry("deleteConnector, a connector", "true");
        assertThat(signalbox.get("getConnector, none")).startsWith("ResourceNotFoundException");
        assertThat(signalbox.get("addConnector, a bad config")).startsWith("InvalidRequestException");
    }
}
