package io.signalbox.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** The loopback ports of one standalone; further replicas of Signalbox listen 100, 200, ... above the first. */
public record Ports(int signalbox, int registry, int broker, int controller, int worker) {

    /** Kafka Connect's own port, so that its clients find Signalbox where they expect a worker. */
    public static final int DEFAULT_BASE = 8083;

    static final int MAX_REPLICAS = 9;
    static final int REPLICA_STEP = 100;
    private static final int CONNECT_TIMEOUT_MS = 300;

    /** All ports, moved by the distance between {@code base} and 8083. */
    public static Ports from(int base) {
        int shift = base - DEFAULT_BASE;
        return new Ports(base, 8081 + shift, 9092 + shift, 9093 + shift, 18083 + shift);
    }

    /** Five ports that nobody listens on, below the range that outgoing connections take theirs from. */
    public static Ports free() {
        int[] ports = IntStream.generate(Ports::freePort).distinct().limit(5).toArray();
        return new Ports(ports[0], ports[1], ports[2], ports[3], ports[4]);
    }

    /** One port that nobody listens on. */
    public static int freePort() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(12_000, 30_000))
                .filter(port -> !busy(port))
                .findFirst()
                .orElseThrow();
    }

    /** @param index from 0 */
    public int replica(int index) {
        return signalbox + index * REPLICA_STEP;
    }

    /** Those that somebody listens on already, with what we want them for. */
    public Map<Integer, String> taken(int replicas) {
        Map<Integer, String> wanted = new LinkedHashMap<>();
        IntStream.range(0, replicas).forEach(i -> wanted.put(replica(i), "Signalbox"));
        wanted.put(registry, "the registry");
        wanted.put(broker, "the broker");
        wanted.put(controller, "the broker's controller");
        wanted.put(worker, "the Connect worker");
        wanted.keySet().removeIf(port -> !busy(port));
        return wanted;
    }

    static boolean busy(int port) {
        return accepts(port) || !bindable(port);
    }

    /** Whether a server answers there; some systems let us bind beside a server on the wildcard address. */
    static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(loopback(), port), CONNECT_TIMEOUT_MS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static boolean bindable(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(loopback(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }
}
