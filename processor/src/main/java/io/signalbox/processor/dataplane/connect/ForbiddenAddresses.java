package io.signalbox.processor.dataplane.connect;

import java.net.InetAddress;
import java.util.Set;

/** Where clouds tell a machine its own credentials, and what is on its own link: nobody may send a replica there. */
public final class ForbiddenAddresses {

    /** Of AWS by IPv6, and of Alibaba Cloud; those of the others are link-local. */
    private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200");

    private ForbiddenAddresses() {}

    public static boolean contains(InetAddress address) {
        return address.isLinkLocalAddress() || METADATA.contains(address.getHostAddress());
    }
}
