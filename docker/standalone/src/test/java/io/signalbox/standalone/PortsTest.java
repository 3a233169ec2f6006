package io.signalbox.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void by_default_every_program_is_where_its_users_look_for_it() {
        assertThat(Ports.from(Ports.DEFAULT_BASE)).isEqualTo(new Ports(8083, 8081, 9092, 9093, 18083));
    }

    @Test
    void another_base_moves_all_ports_by_the_same_distance() {
        Ports moved = Ports.from(9083);

        assertThat(moved).isEqualTo(new Ports(9083, 9081, 10092, 10093, 19083));
        assertThat(moved.replica(2)).isEqualTo(9283);
    }

    @Test
    void a_port_in_use_is_told_with_what_we_wanted_it_for() throws Exception {
        Ports ports = Ports.free();
        try (ServerSocket other = new ServerSocket(ports.broker(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(ports.taken(1)).containsEntry(other.getLocalPort(), "the broker");
        }
    }
}
