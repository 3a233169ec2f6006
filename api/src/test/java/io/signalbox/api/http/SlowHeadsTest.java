package io.signalbox.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowHeadsTest {

    private static final Duration LONGEST = Duration.ofMillis(400);

    /** Twenty a second: more than a slow one may take, and no reason to give up on a slow machine. */
    private static final int BYTES = 600;

    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        connector.addBean(new SlowHeads(connector.getScheduler(), System::nanoTime, LONGEST));
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                if (request.getHttpURI().getPath().equals("/long")) {
                    mayAnswer.await();
                }
                Content.Source.consumeAll(request);
                response.write(true, null, callback);
                return true;
            }
        });
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        mayAnswer.countDown();
        server.stop();
    }

    @Test
    void one_who_goes_on_and_on_is_sent_away_and_those_who_wait_are_not() throws IOException {
        try (var idle = connect();
                var waiting = connect();
                var second = connect();
                var slow = connect()) {
            assertThat(answered(idle, "/")).isTrue();
            assertThat(answered(second, "/")).isTrue();
            send(waiting, "GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n");
            send(slow, "GET / HTTP/1.1\r\nHost: localhost\r\nLong: ");
            send(second, "GET ");
            assertThat(closedWhileSending(slow)).isTrue();
            assertThat(closedWhileSending(second)).as("in its second request").isTrue();
            assertThat(answered(idle, "/")).isTrue();
            mayAnswer.countDown();
            assertThat(head(waiting)).startsWith("HTTP/1.1 200");
            assertThat(answered(waiting, "/")).isTrue();
        }
    }

    @Test
    void a_body_that_came_late_does_not_count_as_the_begin_of_a_head() throws IOException {
        try (var late = connect();
                var slow = connect();
                var other = connect()) {
            send(late, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n");
            assertThat(closedWhileSending(slow)).as("so that it was looked at").isTrue();
            send(late, "body");
            assertThat(head(late)).startsWith("HTTP/1.1 200");
            assertThat(closedWhileSending(other))
                    .as("so that it is not closed later")
                    .isTrue();
            assertThat(answered(late, "/")).isTrue();
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", connector.getLocalPort());
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Whether it is told why is Jetty's to decide. */
    private static boolean closedWhileSending(Socket socket) throws IOException {
        socket.setSoTimeout(50);
        for (int i = 0; i < BYTES; i++) {
            try {
                send(socket, "a");
                socket.getInputStream().readAllBytes();
                return true;
            } catch (SocketTimeoutException stillOpen) {
                assertThat(stillOpen).isNotNull();
            } catch (SocketException closed) {
                return true;
            }
        }
        return false;
    }

    private static boolean answered(Socket socket, String path) throws IOException {
        send(socket, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        return head(socket).startsWith("HTTP/1.1 200");
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Answers have no body. */
    private static String head(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("after " + head).isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }
}
