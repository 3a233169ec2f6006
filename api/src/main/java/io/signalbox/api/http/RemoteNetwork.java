package io.signalbox.api.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;

/** Where somebody is, by what he cannot choose: an IPv4 address, or the network (/64) of an IPv6 address, all of which is one's own. */
final class RemoteNetwork {

    private static final int IPV4_BYTES = 4;
    private static final int NETWORK_BYTES = 8;

    private RemoteNetwork() {}

    static String of(SocketAddress remote) {
        if (!(remote instanceof InetSocketAddress inet) || inet.getAddress() == null) {
            return "unknown";
        }
        byte[] address = inet.getAddress().getAddress();
        return address.length == IPV4_BYTES
                ? inet.getAddress().getHostAddress()
                : HexFormat.of().formatHex(address, 0, NETWORK_BYTES) + "/64";
    }
}
