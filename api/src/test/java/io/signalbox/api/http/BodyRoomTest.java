package io.signalbox.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BodyRoomTest {

    @Test
    void what_one_takes_is_missing_until_he_gives_it_back() {
        var room = new BodyRoom(100);
        try (var his = room.share()) {
            try (var mine = room.share()) {
                mine.grow(60);
                his.grow(40);
                assertThatThrownBy(() -> his.grow(1)).isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.failure().status()).isEqualTo(503);
                    assertThat(refusal.failure().headers()).containsKey("Retry-After");
                });
            }
            assertThatCode(() -> his.grow(60)).doesNotThrowAnyException();
        }
        try (var next = room.share()) {
            assertThatCode(() -> next.grow(100)).doesNotThrowAnyException();
        }
    }
}
