package io.signalbox.processor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command.RemoveQuota;
import io.signalbox.processor.domain.Command.SetQuota;
import io.signalbox.processor.domain.Event.QuotaChanged;
import io.signalbox.processor.domain.Event.QuotaRemoved;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuotaDeciderTest {

    private static final QuotaKey PROD = new QuotaKey("prod");
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private static Quota after(Event.OfQuota... events) {
        Quota now = null;
        for (Event.OfQuota event : events) {
            long revision = now == null ? 1 : now.revision() + 1;
            var recorded =
                    new RecordedEvent("e" + revision, PROD, revision, START.plusSeconds(revision), "c", "ann", event);
            now = QuotaDecider.fold(now, recorded, event);
        }
        return now;
    }

    private static Decision decide(Quota now, Command.OfQuota command, Precondition condition) {
        return QuotaDecider.decide(now, new CommandEnvelope("c", PROD, "ann", command, condition), command);
    }

    private static Decision decide(Quota now, Command.OfQuota command) {
        return decide(now, command, Precondition.NONE);
    }

    private static RejectionCode refusal(Decision decision) {
        return ((Decision.Rejected) decision).rejection().code();
    }

    @Test
    void limits_are_set_and_changed_and_the_same_ones_are_no_news() {
        assertThat(decide(null, new SetQuota(10, null))).isEqualTo(Decision.accept(new QuotaChanged(10, null)));
        var ten = after(new QuotaChanged(10, null));
        assertThat(decide(ten, new SetQuota(10, null))).isEqualTo(Decision.accept());
        assertThat(decide(ten, new SetQuota(10, 3))).isEqualTo(Decision.accept(new QuotaChanged(10, 3)));
        assertThat(decide(ten, new SetQuota(0, null))).isEqualTo(Decision.accept(new QuotaChanged(0, null)));
    }

    @Test
    void a_quota_is_removed_once_and_its_revisions_go_on() {
        var ten = after(new QuotaChanged(10, null));
        assertThat(decide(ten, new RemoveQuota())).isEqualTo(Decision.accept(new QuotaRemoved()));
        var removed = after(new QuotaChanged(10, null), new QuotaRemoved());
        assertThat(refusal(decide(removed, new RemoveQuota()))).isEqualTo(RejectionCode.NOT_FOUND);
        assertThat(refusal(decide(null, new RemoveQuota()))).isEqualTo(RejectionCode.NOT_FOUND);
        assertThat(decide(removed, new SetQuota(10, null))).isEqualTo(Decision.accept(new QuotaChanged(10, null)));
        assertThat(after(new QuotaChanged(10, null), new QuotaRemoved(), new QuotaChanged(1, 2)))
                .isEqualTo(new Quota(PROD, true, 1, 2, "ann", 3, START.plusSeconds(3)));
    }

    @Test
    void conditions_are_about_the_limits() {
        var ten = after(new QuotaChanged(10, null));
        var first = new Precondition(Set.of("1"), null);
        var none = new Precondition(null, Set.of("*"));
        assertThat(decide(ten, new SetQuota(11, null), first)).isInstanceOf(Decision.Accepted.class);
        assertThat(refusal(decide(ten, new SetQuota(11, null), none))).isEqualTo(RejectionCode.PRECONDITION_FAILED);
        assertThat(decide(null, new SetQuota(11, null), none)).isInstanceOf(Decision.Accepted.class);
        assertThat(refusal(decide(null, new SetQuota(11, null), first))).isEqualTo(RejectionCode.PRECONDITION_FAILED);
    }

    @Test
    void the_key_is_read_as_it_is_written() {
        assertThat(AggregateKey.parse("@quota/prod")).isEqualTo(PROD);
        assertThat(PROD.environment()).isEqualTo("prod");
    }
}
