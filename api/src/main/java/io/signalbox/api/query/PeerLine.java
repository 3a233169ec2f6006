package io.signalbox.api.query;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.kafka.streams.state.HostInfo;

/**
 * The small reads of one other replica: one request is under way at a time, and what is asked meanwhile goes together in the
 * next one, the same question once. Each is sent after it was asked, so that an answer is never older than its question.
 * Alone, a read goes at once and by its caller's own thread.
 */
final class PeerLine {

    private final HostInfo replica;
    private final String secret;
    private final SSLContext tls;
    private final Duration longest;

    /** By question; guarded by this. */
    private final Map<String, CompletableFuture<byte[]>> waiting = new LinkedHashMap<>();

    /** Guarded by this. */
    private boolean sending;

    /** Of whoever is sending; null when there is none to use again. */
    private PeerConnection connection;

    /**
     * @param tls null for without
     * @param longest how long a request may take
     */
    PeerLine(HostInfo replica, String secret, SSLContext tls, Duration longest) {
        this.replica = replica;
        this.secret = secret;
        this.tls = tls;
        this.longest = longest;
    }

    /**
     * @param question a path with its query
     * @throws StoreUnavailableException when that replica does not answer in time, or does not have it
     */
    byte[] ask(String question, Duration patience) {
        CompletableFuture<byte[]> answer;
        boolean free;
        synchronized (this) {
            answer = waiting.computeIfAbsent(question, asked -> new CompletableFuture<>());
            free = !sending;
            sending = true;
        }
        if (free && sendNext()) {
            Thread.ofVirtual().name("peer-" + replica.port()).start(this::sendAll);
        }
        return await(answer, patience);
    }

    private byte[] await(CompletableFuture<byte[]> answer, Duration patience) {
        byte[] found;
        try {
            found = answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new ReplicaSilentException("Replica " + replica + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted while asking replica " + replica, e);
        }
        if (found == Batch.NOT_HERE) {
            throw new StoreUnavailableException("Replica " + replica + " does not have it", null);
        }
        return found;
    }

    /** @return how many questions wait for the request that is under way */
    synchronized int waiting() {
        return waiting.size();
    }

    private void sendAll() {
        boolean more = true;
        while (more) {
            more = sendNext();
        }
    }

    /** @return whether more was asked meanwhile; if not, the next who asks sends */
    private boolean sendNext() {
        var batch = take();
        try {
            var answers = Batch.answers(request(Batch.path(batch.keySet())), batch.size())
                    .iterator();
            batch.values().forEach(answer -> answer.complete(answers.next()));
        } catch (IOException | RuntimeException e) {
            batch.values().forEach(answer -> answer.completeExceptionally(e));
        }
        synchronized (this) {
            sending = !waiting.isEmpty();
            return sending;
        }
    }

    private synchronized Map<String, CompletableFuture<byte[]>> take() {
        Map<String, CompletableFuture<byte[]>> batch = new LinkedHashMap<>();
        int length = 0;
        Iterator<Map.Entry<String, CompletableFuture<byte[]>>> oldest =
                waiting.entrySet().iterator();
        while (oldest.hasNext() && batch.size() < Batch.LARGEST) {
            var next = oldest.next();
            length += Batch.length(next.getKey());
            if (length > Batch.LONGEST && !batch.isEmpty()) {
                break;
            }
            batch.put(next.getKey(), next.getValue());
            oldest.remove();
        }
        return batch;
    }

    private byte[] request(String path) throws IOException {
        long deadline = System.nanoTime() + longest.toNanos();
        PeerConnection.Answer answer;
        try {
            boolean kept = connection != null;
            if (!kept) {
                connection = new PeerConnection(replica, tls, deadline);
            }
            try {
                answer = connection.get(path, secret, deadline);
            } catch (EOFException | SocketException e) {
                if (!kept) {
                    throw e;
                }
                // It was closed while nobody used it.
                connection.close();
                connection = new PeerConnection(replica, tls, deadline);
                answer = connection.get(path, secret, deadline);
            }
        } finally {
            if (connection != null && !connection.reusable()) {
                connection.close();
                connection = null;
            }
        }
        if (answer.status() != 200) {
            throw new IOException("Status " + answer.status() + " to an internal read");
        }
        return answer.body();
    }
}
