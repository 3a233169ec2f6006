package io.signalbox.processor.dataplane.systems;

import io.signalbox.processor.dataplane.connect.ForbiddenAddresses;
import io.signalbox.processor.dataplane.systems.Check.Result;
import io.signalbox.processor.dataplane.systems.Check.Result.Failed;
import io.signalbox.processor.dataplane.systems.Check.Result.Success;
import io.signalbox.processor.dataplane.systems.Check.Test;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether somebody can be reached at all, whatever he speaks. */
public final class Network {

    private static final Duration NAME = Duration.ofSeconds(4);
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private Network() {}

    /** @return whether somebody listens there */
    public static boolean check(Trials trials, String host, int port) {
        List<InetAddress> addresses = new ArrayList<>();
        trials.run(new Test.DnsResolution(), () -> resolve(host, addresses));
        if (trials.failed()) {
            trials.skip("the host has no address", new Test.Reachability());
            return false;
        }
        return trials.run(new Test.Reachability(), () -> reach(addresses, port)) instanceof Success;
    }

    private static Result resolve(String host, List<InetAddress> addresses) {
        CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("name-of-database").start(() -> {
            try {
                answer.complete(InetAddress.getAllByName(host));
            } catch (IOException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            addresses.addAll(List.of(answer.get(NAME.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (ExecutionException e) {
            return new Failed("the name of the host is not known");
        } catch (TimeoutException e) {
            return new Failed("no name server told the address of the host within " + NAME.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failed("broken off");
        }
        return addresses.stream().anyMatch(ForbiddenAddresses::contains)
                ? new Failed("the address of the host is link-local, or of a cloud's metadata: nobody is sent there")
                : new Success();
    }

    private static Result reach(List<InetAddress> addresses, int port) {
        // The first one that the name server names, as the drivers do.
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(addresses.getFirst(), port), Math.toIntExact(CONNECT.toMillis()));
            return new Success();
        } catch (IOException e) {
            return new Failed("nobody can be reached at port " + port + ": " + e.getMessage());
        }
    }
}
