package io.signalbox.processor.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command.CreateAccessKey;
import io.signalbox.processor.domain.Command.RevokeAccessKey;
import io.signalbox.processor.domain.Event.AccessKeyCreated;
import io.signalbox.processor.domain.Event.AccessKeyRevoked;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessKeyDeciderTest {

    private static final AccessKeyId ID = new AccessKeyId("K1");
    private static final CreateAccessKey CREATE = new CreateAccessKey("ci", "a-hash", List.of("viewer"));
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private static AccessKey after(Event.OfAccessKey... events) {
        AccessKey now = null;
        for (Event.OfAccessKey event : events) {
            long revision = now == null ? 1 : now.revision() + 1;
            var recorded =
                    new RecordedEvent("e" + revision, ID, revision, START.plusSeconds(revision), "c", "ann", event);
            now = AccessKeyDecider.fold(now, recorded, event);
        }
        return now;
    }

    private static Decision decide(AccessKey now, Command.OfAccessKey command, Precondition condition) {
        return AccessKeyDecider.decide(now, new CommandEnvelope("c", ID, "ann", command, condition), command);
    }

    private static Decision decide(AccessKey now, Command.OfAccessKey command) {
        return decide(now, command, Precondition.NONE);
    }

    private static RejectionCode refusal(Decision decision) {
        return ((Decision.Rejected) decision).rejection().code();
    }

    private static final AccessKeyCreated CREATED = new AccessKeyCreated("ci", "a-hash", List.of("viewer"));

    @Test
    void a_key_is_created_once() {
        assertThat(decide(null, CREATE)).isEqualTo(Decision.accept(CREATED));
        assertThat(refusal(decide(after(CREATED), CREATE))).isEqualTo(RejectionCode.ALREADY_EXISTS);
    }

    @Test
    void a_key_is_revoked_once_and_its_id_is_never_used_again() {
        assertThat(decide(after(CREATED), new RevokeAccessKey())).isEqualTo(Decision.accept(new AccessKeyRevoked()));
        var revoked = after(CREATED, new AccessKeyRevoked());
        assertThat(refusal(decide(revoked, new RevokeAccessKey()))).isEqualTo(RejectionCode.NOT_FOUND);
        assertThat(refusal(decide(revoked, CREATE))).isEqualTo(RejectionCode.ALREADY_EXISTS);
        assertThat(refusal(decide(null, new RevokeAccessKey()))).isEqualTo(RejectionCode.NOT_FOUND);
    }

    @Test
    void a_precondition_is_kept() {
        var second = new Precondition(Set.of("2"), null);
        assertThat(refusal(decide(after(CREATED), new RevokeAccessKey(), second)))
                .isEqualTo(RejectionCode.PRECONDITION_FAILED);
        assertThat(decide(after(CREATED), new RevokeAccessKey(), new Precondition(Set.of("1"), null)))
                .isEqualTo(Decision.accept(new AccessKeyRevoked()));
    }

    @Test
    void the_state_is_who_made_it_and_when() {
        assertThat(after(CREATED))
                .isEqualTo(new AccessKey(
                        ID,
                        "ci",
                        "a-hash",
                        List.of("viewer"),
                        "ann",
                        false,
                        1,
                        START.plusSeconds(1),
                        START.plusSeconds(1)));
        var revoked = after(CREATED, new AccessKeyRevoked());
        assertThat(revoked.revoked()).isTrue();
        assertThat(revoked.createdAt()).isEqualTo(START.plusSeconds(1));
        assertThat(revoked.updatedAt()).isEqualTo(START.plusSeconds(2));
    }

    @Test
    void its_key_is_no_clusters() {
        assertThat(AggregateKey.parse("@access/K1")).isEqualTo(ID);
        assertThat(ID).hasToString("@access/K1");
        assertThat(CREATE.toString() + CREATED + after(CREATED)).doesNotContain("a-hash");
    }
}
