package io.signalbox.processor.dataplane.systems.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** As MySQL 8 and MariaDB 11 write them. */
class GrantsTest {

    @Test
    void rights_are_of_the_whole_server_or_of_databases() {
        var grants = Grants.of(List.of(
                "GRANT RELOAD, REPLICATION SLAVE, BINLOG MONITOR ON *.* TO `u`@`%` IDENTIFIED BY PASSWORD '*ABC'",
                "GRANT SELECT, LOCK TABLES ON `shop`.* TO `u`@`%`",
                "GRANT SELECT (`a`, `b`), INSERT ON `shop`.`orders` TO `u`@`%`"));
        assertThat(grants.everywhere("REPLICATION SLAVE")).isTrue();
        assertThat(grants.everywhere("REPLICATION CLIENT", "BINLOG MONITOR")).isTrue();
        assertThat(grants.everywhere("LOCK TABLES")).isFalse();
        assertThat(grants.somewhere("LOCK TABLES")).isTrue();
        assertThat(grants.somewhere("INSERT")).as("of a table alone").isFalse();
        assertThat(grants.byRoles()).isFalse();
    }

    @Test
    void who_may_do_all_may_do_each() {
        assertThat(Grants.of(List.of("GRANT ALL PRIVILEGES ON *.* TO `u`@`%` WITH GRANT OPTION"))
                        .everywhere("REPLICATION SLAVE"))
                .isTrue();
        assertThat(Grants.of(List.of("GRANT ALL PRIVILEGES ON `shop`.* TO `u`@`%`"))
                        .everywhere("REPLICATION SLAVE"))
                .isFalse();
    }

    @Test
    void roles_are_seen_whoever_writes_them() {
        assertThat(Grants.of(List.of("GRANT USAGE ON *.* TO `u`@`%`", "GRANT `copies`@`%` TO `u`@`%`"))
                        .byRoles())
                .isTrue();
        assertThat(Grants.of(List.of("GRANT `copies` TO `u`@`%`")).byRoles()).isTrue();
    }
}
