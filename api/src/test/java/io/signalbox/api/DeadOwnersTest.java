package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeadOwnersTest {

    private static final String ONE = "6c547cd3-3746-453b-8a81-2dcd2edf23b8";
    private static final String TWO = "8613706c-1ae8-4129-bc67-f88808f3eb08";

    @Test
    void who_is_no_member_is_dead() {
        assertThat(dead(List.of(transaction(ONE, 1), transaction(TWO, 1), transaction(TWO, 2)), member(ONE)))
                .containsExactly(transaction(TWO, 1), transaction(TWO, 2));
    }

    @Test
    void members_are_left_alone_in_all_their_threads() {
        assertThat(dead(List.of(transaction(ONE, 1), transaction(ONE, 2)), member(ONE), member(TWO)))
                .isEmpty();
    }

    @Test
    void transactions_of_other_applications_are_left_alone() {
        assertThat(dead(List.of("signalbox-two-" + TWO + "-1", "orders-1", "signalbox-x-1"), member(ONE)))
                .isEmpty();
    }

    @Test
    void where_members_have_other_names_or_there_are_none_nobody_is_called_dead() {
        assertThat(dead(List.of(transaction(TWO, 1)), member(ONE), "mine-StreamThread-1-consumer"))
                .isEmpty();
        assertThat(dead(List.of(transaction(TWO, 1)))).isEmpty();
    }

    private static List<String> dead(List<String> transactions, String... members) {
        return DeadOwners.dead("signalbox", transactions, List.of(members));
    }

    private static String transaction(String process, int thread) {
        return "signalbox-" + process + "-" + thread;
    }

    private static String member(String process) {
        return "signalbox-" + process + "-StreamThread-1-consumer";
    }
}
