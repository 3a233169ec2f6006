package io.signalbox.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beside a real HTTP server that answers each question with itself. */
class PeerLineTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<List<String>> batches = new CopyOnWriteArrayList<>();
    private final Semaphore mayAnswer = new Semaphore(1_000);
    private HttpServer server;
    private PeerLine line;

    @BeforeEach
    void start() throws IOException {
        server = serve(0);
        line = line(LONG);
    }

    @AfterEach
    void stop() {
        mayAnswer.release(1_000);
        server.stop(0);
    }

    @Test
    void a_question_gets_its_own_answer() {
        assertThat(ask("/a?key=x%2Fy")).isEqualTo("/a?key=x%2Fy");
        assertThat(ask("/b?key=%C3%BC")).isEqualTo("/b?key=%C3%BC");
        assertThat(batches).containsExactly(List.of("/a?key=x%2Fy"), List.of("/b?key=%C3%BC"));
    }

    @Test
    void what_is_asked_while_one_is_under_way_goes_together_and_the_same_once() throws Exception {
        mayAnswer.drainPermits();
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            answers.add(readers.submit(() -> ask("/first")));
            await().until(() -> batches.size() == 1);
            for (String question : List.of("/a", "/b", "/a", "/first")) {
                answers.add(readers.submit(() -> ask(question)));
            }
            await().until(() -> line.waiting() == 3);
            mayAnswer.release(1_000);
            List<String> given = new ArrayList<>();
            for (var answer : answers) {
                given.add(answer.get());
            }
            assertThat(given).containsExactly("/first", "/a", "/b", "/a", "/first");
        }
        assertThat(batches).hasSize(2);
        assertThat(batches.get(1)).containsExactlyInAnyOrder("/a", "/b", "/first");
    }

    @Test
    void more_than_fits_goes_in_several() throws Exception {
        mayAnswer.drainPermits();
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            answers.add(readers.submit(() -> ask("/first")));
            await().until(() -> batches.size() == 1);
            for (int i = 0; i < 200; i++) {
                String question = "/" + i + "x".repeat(i);
                answers.add(readers.submit(() -> ask(question)));
            }
            await().until(() -> line.waiting() == 200);
            mayAnswer.release(1_000);
            for (var answer : answers) {
                assertThat(answer.get()).startsWith("/");
            }
        }
        assertThat(batches.stream().mapToInt(List::size).sum()).isEqualTo(201);
        assertThat(batches).allSatisfy(batch -> {
            assertThat(batch).hasSizeLessThanOrEqualTo(Batch.LARGEST);
            assertThat(Batch.path(batch)).hasSizeLessThan(Batch.LONGEST + 100);
        });
    }

    @Test
    void what_that_replica_does_not_have_is_said_to_who_asked_for_it_only() {
        assertThatThrownBy(() -> ask("/missing")).isInstanceOf(StoreUnavailableException.class);
        assertThat(ask("/a")).isEqualTo("/a");
    }

    @Test
    void a_replica_that_hangs_is_waited_for_as_long_as_the_reader_can_and_asked_again_afterwards() {
        line = line(Duration.ofMillis(300));
        mayAnswer.drainPermits();
        assertThatThrownBy(() -> line.ask("/a", Duration.ofMillis(200))).isInstanceOf(StoreUnavailableException.class);
        mayAnswer.release(1_000);
        assertThat(ask("/a")).isEqualTo("/a");
    }

    @Test
    void a_replica_that_was_started_again_is_asked_on_a_new_connection() throws IOException {
        assertThat(ask("/a")).isEqualTo("/a");
        int port = server.getAddress().getPort();
        server.stop(0);
        server = serve(port);
        assertThat(ask("/b")).isEqualTo("/b");
    }

    @Test
    void a_replica_that_is_gone_is_unavailable() {
        server.stop(0);
        assertThatThrownBy(() -> ask("/a")).isInstanceOf(StoreUnavailableException.class);
    }

    private String ask(String question) {
        return new String(line.ask(question, LONG), StandardCharsets.UTF_8);
    }

    private PeerLine line(Duration longest) {
        return new PeerLine(new HostInfo("127.0.0.1", server.getAddress().getPort()), "secret", null, longest);
    }

    private HttpServer serve(int port) throws IOException {
        var started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        started.createContext(Batch.PATH, this::answer);
        started.start();
        return started;
    }

    private void answer(HttpExchange exchange) throws IOException {
        var questions = Batch.questions(exchange.getRequestURI().getRawQuery());
        batches.add(questions);
        mayAnswer.acquireUninterruptibly();
        byte[] body = Batch.answers(questions.stream()
                .map(question ->
                        question.equals("/missing") ? Batch.NOT_HERE : question.getBytes(StandardCharsets.UTF_8))
                .toList());
        exchange.sendResponseHeaders(200, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
