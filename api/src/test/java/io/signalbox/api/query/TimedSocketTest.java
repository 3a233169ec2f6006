package io.signalbox.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimedSocketTest {

    @Test
    void many_reads_are_over_by_one_moment_though_each_gets_something() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var socket = new TimedSocket()) {
            Thread.ofVirtual().start(() -> writeForEver(server));
            socket.connect(server.getLocalSocketAddress());
            long deadline = System.nanoTime() + Duration.ofMillis(100).toNanos();
            socket.until(deadline);
            var in = socket.getInputStream();
            assertThatThrownBy(() -> {
                        while (in.read() >= 0) {
                            // Each is a read of its own.
                        }
                    })
                    .isInstanceOf(SocketTimeoutException.class);
            assertThat(System.nanoTime() - deadline)
                    .isLessThan(Duration.ofSeconds(10).toNanos());
            socket.until(System.nanoTime() + Duration.ofSeconds(20).toNanos());
            assertThat(in.read()).as("for another question there is time again").isEqualTo('x');
        }
    }

    private static void writeForEver(ServerSocket server) {
        try (var to = server.accept()) {
            while (true) {
                to.getOutputStream().write('x');
            }
        } catch (IOException readerIsGone) {
            assertThat(readerIsGone).isNotNull();
        }
    }
}
