package io.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TogetherTest {

    private final AtomicInteger ended = new AtomicInteger();

    @Test
    void none_waits_for_another_and_all_have_ended_when_it_returns() {
        var met = new CyclicBarrier(3);

        Together.end(() -> meet(met), () -> meet(met), () -> meet(met));

        assertThat(ended).hasValue(3);
    }

    @Test
    void one_that_fails_keeps_none_of_the_others() {
        Together.end(
                () -> {
                    throw new IllegalStateException("on purpose");
                },
                ended::incrementAndGet);

        assertThat(ended).hasValue(1);
    }

    private void meet(CyclicBarrier others) {
        try {
            others.await(10, TimeUnit.SECONDS);
            ended.incrementAndGet();
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
