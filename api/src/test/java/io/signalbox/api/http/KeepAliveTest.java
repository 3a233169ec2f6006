package io.signalbox.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request whose body nobody needs must not cost the client its connection, however late the body comes. */
class KeepAliveTest {

    @ParameterizedTest
    @CsvSource({
        "PUT /connectors/c/pause, application/json, 202",
        "PUT /connectors/c/stop, application/x-www-form-urlencoded, 415",
        "PUT /no/such/path, application/json, 404",
        "POST /connectors/c/status, application/json, 405"
    })
    void the_next_request_on_the_connection_is_answered(String target, String type, int status) throws IOException {
        try (var fixture = Fixture.withClusters()) {
            fixture.created("c");
            try (var socket = new Socket("127.0.0.1", fixture.port())) {
                socket.setSoTimeout(10_000);
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                OutputStream out = socket.getOutputStream();
                for (int i = 0; i < 20; i++) {
                    out.write((target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                                    + "\r\nContent-Length: 2\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    out.write("{}".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    assertThat(answer(in)).isEqualTo(status);
                }
            }
        }
    }

    /** A client that is not told uses the connection again, and its next request, which may be a write, is lost. */
    @ParameterizedTest
    @CsvSource({
        "GET /connectors/%00, 0",
        "GET /connectors/%zz, 0",
        "GET //x, 0",
        "POST /connectors, 10000",
        "POST /connectors, 1048576",
        "POST /connectors, 2000000",
        "PUT /connectors/c/config, 2000000"
    })
    void whoever_loses_the_connection_is_told(String target, int length) throws IOException {
        try (var fixture = Fixture.withClusters()) {
            for (int i = 0; i < 20; i++) {
                try (var socket = new Socket("127.0.0.1", fixture.port())) {
                    socket.setSoTimeout(10_000);
                    var in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                    var out = socket.getOutputStream();
                    out.write((target
                                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                                    + length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                    out.write("[".repeat(length).getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    var head = head(in);
                    assertThat(head.getFirst()).contains(" 4");
                    if (!head.contains("Connection: close")) {
                        out.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        out.flush();
                        assertThat(head(in).getFirst()).contains(" 200 ");
                    }
                }
            }
        }
    }

    /** Reads the body, too. */
    private static List<String> head(BufferedReader in) throws IOException {
        List<String> head = new ArrayList<>();
        int length = 0;
        for (var line = in.readLine(); line == null || !line.isEmpty(); line = in.readLine()) {
            assertThat(line).as("the server closed the connection").isNotNull();
            head.add(line);
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        in.skip(length);
        return head;
    }

    private static int answer(BufferedReader in) throws IOException {
        var first = in.readLine();
        assertThat(first).as("the server closed the connection").isNotNull();
        int length = 0;
        for (var line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        in.skip(length);
        return Integer.parseInt(first.split(" ")[1]);
    }
}
