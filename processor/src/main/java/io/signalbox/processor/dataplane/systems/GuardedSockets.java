package io.signalbox.processor.dataplane.systems;

import io.signalbox.processor.dataplane.connect.ForbiddenAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Optional;
import javax.net.SocketFactory;

/**
 * Sockets that never go where nobody may send a replica. They look at the address that they are about to use, so that a name
 * cannot have a good one when it is checked and another one when it is used. Public because drivers make it by its name.
 */
public final class GuardedSockets extends SocketFactory {

    /** Said instead of a connection. */
    private static final class ForbiddenException extends IOException {

        ForbiddenException(String host) {
            super(host + " is no database: its address is link-local, or of a cloud's metadata");
        }
    }

    /** @return why nothing was connected, if it was one of these sockets that refused to; empty otherwise */
    public static Optional<String> forbidden(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ForbiddenException) {
                return Optional.of(each.getMessage());
            }
        }
        return Optional.empty();
    }

    @Override
    public Socket createSocket() {
        return new GuardedSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    private static Socket connected(InetSocketAddress to) throws IOException {
        Socket socket = new GuardedSocket();
        socket.connect(to);
        return socket;
    }

    private static final class GuardedSocket extends Socket {

        @Override
        public void connect(SocketAddress to, int timeout) throws IOException {
            if (to instanceof InetSocketAddress address
                    && address.getAddress() != null
                    && ForbiddenAddresses.contains(address.getAddress())) {
                throw new ForbiddenException(address.getHostString());
            }
            super.connect(to, timeout);
        }
    }
}
