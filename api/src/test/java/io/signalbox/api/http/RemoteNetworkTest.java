package io.signalbox.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteNetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "2001:db8:1:2::3, 20010db800010002/64",
        "2001:db8:1:2:ffff:ffff:ffff:ffff, 20010db800010002/64",
        "2001:db8:1:3::3, 20010db800010003/64"
    })
    void somebody_is_where_he_cannot_choose_to_be(String address, String network) {
        assertThat(RemoteNetwork.of(new InetSocketAddress(address, 1))).isEqualTo(network);
    }

    @Test
    void who_has_no_address_is_nowhere() {
        assertThat(RemoteNetwork.of(null)).isEqualTo("unknown");
        assertThat(RemoteNetwork.of(UnixDomainSocketAddress.of("x"))).isEqualTo("unknown");
    }
}
