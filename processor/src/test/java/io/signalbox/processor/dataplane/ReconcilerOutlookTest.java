package io.signalbox.processor.dataplane;

import static io.signalbox.processor.dataplane.FakeAnswer.error;
import static io.signalbox.processor.dataplane.States.LOCAL;
import static io.signalbox.processor.dataplane.States.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.dataplane.Outlook.Answering;
import io.signalbox.processor.dataplane.Outlook.Doing;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.TargetState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the reconciler says of itself. */
class ReconcilerOutlookTest {

    private final FakeWorker worker = new FakeWorker();
    private final ReconcilerBench bench = new ReconcilerBench();
    private final ConnectorState desired = created("c", TargetState.RUNNING);

    @AfterEach
    void close() {
        bench.close();
        worker.close();
    }

    @Test
    void one_that_is_applied_rests_until_the_next_look() {
        start(worker.url());
        bench.awaitGeneration(1);
        bench.await(() -> outlook().doing() == Doing.RESTING);
        assertThat(outlook().failures()).isZero();
        assertThat(outlook().problem()).isNull();
        assertThat(outlook().answering()).isEqualTo(Answering.WELL);
        assertThat(outlook().lookInMs()).isBetween(0L, 1_000L);
    }

    @Test
    void one_that_fails_is_tried_again_at_a_time_and_why_is_known() {
        worker.lie((method, path) -> method.equals("POST") ? error(500, "Boom") : null);
        start(worker.url());
        bench.await(() -> outlook().doing() == Doing.RETRYING && outlook().failures() > 2);
        bench.await(() -> {
            var now = outlook();
            return now.doing() == Doing.RETRYING
                    && now.nextInMs() <= 200
                    && now.longestMs() == 200
                    && now.problem().kind() == DriverException.Kind.BROKEN
                    && now.problem().status() == 500
                    && now.problem().message().contains("Boom");
        });
        worker.truth();
        bench.awaitGeneration(1);
        bench.await(() -> outlook().doing() == Doing.RESTING && outlook().problem() == null);
    }

    @Test
    void one_that_was_refused_is_asked_for_again_slowly() {
        worker.lie((method, path) -> method.equals("POST") ? error(400, "Bad value") : null);
        start(worker.url());
        bench.await(() -> outlook().doing() == Doing.REFUSED);
        assertThat(outlook().nextInMs()).isBetween(1L, 2_000L);
        assertThat(outlook().problem().message()).isEqualTo("Bad value");
    }

    @Test
    void one_whose_cluster_is_away_waits_for_it() {
        worker.close();
        start(worker.url());
        bench.await(() -> outlook().doing() == Doing.WAITING && outlook().answering() == Answering.AWAY);
        assertThat(outlook().clusterProblem().kind()).isEqualTo(DriverException.Kind.UNREACHABLE);
        assertThat(outlook().answeringForMs()).isNotNegative();
        assertThat(outlook().nextInMs()).isNull();
    }

    @Test
    void who_does_not_look_after_it_says_nothing() {
        start(worker.url());
        assertThat(bench.outlook(LOCAL.connector("other"))).isEmpty();
        bench.revoke();
        bench.await(() -> bench.outlook(desired.key()).isEmpty());
    }

    private void start(String url) {
        bench.register(LOCAL, url);
        bench.start();
        bench.desire(desired);
        bench.await(() -> bench.outlook(desired.key()).isPresent());
    }

    private Outlook outlook() {
        return bench.outlook(desired.key()).orElseThrow();
    }
}
