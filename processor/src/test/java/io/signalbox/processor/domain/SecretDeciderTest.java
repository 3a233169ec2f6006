package io.signalbox.processor.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.domain.Command.CreateSecret;
import io.signalbox.processor.domain.Command.DeleteSecret;
import io.signalbox.processor.domain.Command.ReplaceSecret;
import io.signalbox.processor.domain.Command.ReportSecretResealed;
import io.signalbox.processor.domain.Event.SecretCreated;
import io.signalbox.processor.domain.Event.SecretDeleted;
import io.signalbox.processor.domain.Event.SecretReplaced;
import io.signalbox.processor.domain.Event.SecretResealed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretDeciderTest {

    private static final SecretId ID = new SecretId("default", "local", "db");
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Map<String, String> LABELS = Map.of("team", "a");
    private static final SecretCreated CREATED = new SecretCreated("one", LABELS);

    private static StoredSecret after(Event.OfSecret... events) {
        StoredSecret now = null;
        for (Event.OfSecret event : events) {
            long revision = now == null ? 1 : now.revision() + 1;
            var recorded =
                    new RecordedEvent("e" + revision, ID, revision, START.plusSeconds(revision), "c", "ann", event);
            now = SecretDecider.fold(now, recorded, event);
        }
        return now;
    }

    private static Decision decide(StoredSecret now, Command.OfSecret command, Precondition condition) {
        return SecretDecider.decide(now, new CommandEnvelope("c", ID, "ann", command, condition), command);
    }

    private static Decision decide(StoredSecret now, Command.OfSecret command) {
        return decide(now, command, Precondition.NONE);
    }

    private static RejectionCode refusal(Decision decision) {
        return ((Decision.Rejected) decision).rejection().code();
    }

    @Test
    void a_secret_is_created_once_and_again_when_it_was_deleted() {
        var create = new CreateSecret("one", LABELS);
        assertThat(decide(null, create)).isEqualTo(Decision.accept(CREATED));
        assertThat(refusal(decide(after(CREATED), create))).isEqualTo(RejectionCode.ALREADY_EXISTS);
        var deleted = after(CREATED, new SecretDeleted());
        assertThat(decide(deleted, create)).isEqualTo(Decision.accept(CREATED));
        assertThat(after(CREATED, new SecretDeleted(), CREATED).revision()).isEqualTo(3);
    }

    @Test
    void what_is_not_there_is_not_replaced_or_deleted() {
        for (var now : new StoredSecret[] {null, after(CREATED, new SecretDeleted())}) {
            assertThat(refusal(decide(now, new ReplaceSecret("two", null)))).isEqualTo(RejectionCode.NOT_FOUND);
            assertThat(refusal(decide(now, new DeleteSecret()))).isEqualTo(RejectionCode.NOT_FOUND);
        }
    }

    @Test
    void a_replacement_keeps_the_labels_that_it_does_not_name_and_what_changes_nothing_is_no_event() {
        var now = after(CREATED);
        assertThat(decide(now, new ReplaceSecret("two", null)))
                .isEqualTo(Decision.accept(new SecretReplaced("two", LABELS)));
        assertThat(decide(now, new ReplaceSecret("one", Map.of("team", "b"))))
                .isEqualTo(Decision.accept(new SecretReplaced("one", Map.of("team", "b"))));
        assertThat(decide(now, new ReplaceSecret("one", null))).isEqualTo(Decision.accept());
        assertThat(decide(now, new ReplaceSecret("one", LABELS))).isEqualTo(Decision.accept());
    }

    @Test
    void what_was_there_before_is_known_as_long_as_there_are_not_too_many() {
        var now = after(CREATED, new SecretReplaced("two", LABELS), new SecretReplaced("two", Map.of()));
        assertThat(now.previous()).containsExactly("one");
        now = after(
                CREATED,
                new SecretReplaced("two", LABELS),
                new SecretReplaced("one", LABELS),
                new SecretReplaced("three", LABELS),
                new SecretReplaced("four", LABELS),
                new SecretReplaced("five", LABELS),
                new SecretReplaced("six", LABELS));
        assertThat(now.data()).isEqualTo("six");
        assertThat(now.previous()).containsExactly("five", "four", "three", "one");
    }

    @Test
    void what_is_deleted_keeps_nothing_but_its_revisions() {
        var now = after(CREATED, new SecretReplaced("two", LABELS), new SecretDeleted());
        assertThat(now.deleted()).isTrue();
        assertThat(now.data()).isEmpty();
        assertThat(now.previous()).isEmpty();
        assertThat(now.labels()).isEmpty();
        assertThat(now.createdAt()).isEqualTo(START.plusSeconds(1));
        assertThat(now.updatedAt()).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void a_new_text_takes_the_place_of_the_one_that_is_still_there() {
        var now = after(CREATED, new SecretReplaced("two", LABELS));
        var report = new ReportSecretResealed(List.of("one", "two", "gone"), List.of("uno", "due", "via"));
        var resealed = new SecretResealed(List.of("one", "two"), List.of("uno", "due"));
        assertThat(decide(now, report)).isEqualTo(Decision.accept(resealed));
        now = after(CREATED, new SecretReplaced("two", LABELS), resealed);
        assertThat(now.data()).isEqualTo("due");
        assertThat(now.previous()).containsExactly("uno");
        assertThat(now.labels()).isEqualTo(LABELS);
        assertThat(decide(now, report)).isEqualTo(Decision.accept());
        assertThat(decide(null, report)).isEqualTo(Decision.accept());
        assertThat(report.answered()).isFalse();
    }

    @Test
    void a_precondition_is_kept() {
        var second = new Precondition(Set.of("2"), null);
        var none = new Precondition(null, Set.of("*"));
        assertThat(refusal(decide(after(CREATED), new DeleteSecret(), second)))
                .isEqualTo(RejectionCode.PRECONDITION_FAILED);
        assertThat(refusal(decide(after(CREATED), new CreateSecret("x", Map.of()), none)))
                .isEqualTo(RejectionCode.PRECONDITION_FAILED);
        assertThat(decide(after(CREATED), new DeleteSecret(), new Precondition(Set.of("1"), null)))
                .isEqualTo(Decision.accept(new SecretDeleted()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"db", "a/b", "/", "a//b/", "../x", "%2F", "a+b=c@d.e-f_g"})
    void its_key_is_read_again_whatever_its_id_holds(String id) {
        var key = new SecretId("prod", "orders", id);
        assertThat(key).hasToString("@secret/prod/orders/" + id);
        assertThat(AggregateKey.parse(key.toString())).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@secret/prod", "@secret/prod/orders", "@secret/prod/orders/", "@secret/prod/orders/a b"})
    void what_is_no_key_of_a_secret_is_none(String text) {
        assertThatThrownBy(() -> AggregateKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothing_of_it_is_printed() {
        assertThat(new CreateSecret("sealed-text", LABELS).toString()
                        + new ReplaceSecret("sealed-text", null)
                        + new SecretCreated("sealed-text", LABELS)
                        + new SecretReplaced("sealed-text", LABELS)
                        + after(new SecretCreated("sealed-text", LABELS)))
                .doesNotContain("sealed-text");
    }
}
