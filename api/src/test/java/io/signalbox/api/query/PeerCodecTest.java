package io.signalbox.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConfigVersion;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Desired;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.Origin;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.Places;
import io.signalbox.processor.domain.Quota;
import io.signalbox.processor.domain.QuotaKey;
import io.signalbox.processor.domain.TargetState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a replica says of the past, another one understands. */
class PeerCodecTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final Desired AFTER =
            new Desired("u", Phase.ACTIVE, TargetState.PAUSED, 2, ConnectorType.SINK, true, 3, 1, AT);

    private final PeerCodec codec = new PeerCodec();

    private static ConnectorState state(String name) {
        return new ConnectorState(
                new ClusterKey("e", "c").connector(name),
                "uid",
                Phase.ACTIVE,
                TargetState.RUNNING,
                Config.of(Map.of("name", name)),
                1,
                ConnectorType.SOURCE,
                true,
                1,
                1,
                1,
                null,
                List.of(),
                null,
                AT,
                AT,
                null);
    }

    private static HistoryEntry entry(long revision, Origin origin, String summary) {
        return new HistoryEntry(revision, "ConnectorPaused", true, AT, "c", "me", origin, summary, AFTER);
    }

    @Test
    void a_state_comes_as_it_was_and_the_same_bytes_as_the_same_object() {
        for (var state : List.of(state("a"), state("b"), state("a"))) {
            byte[] bytes = codec.state(Optional.of(state));
            assertThat(codec.state(bytes)).contains(state);
            assertThat(codec.state(bytes.clone()).orElseThrow())
                    .isSameAs(codec.state(bytes).orElseThrow());
        }
        assertThat(codec.state(codec.state(Optional.empty()))).isEmpty();
    }

    @Test
    void entries_come_as_they_were() {
        var entries = List.of(entry(7, new Origin("signalbox", "ann", "why"), "line"), entry(2, Origin.NONE, null));
        assertThat(codec.entries(codec.entries(entries))).isEqualTo(entries);
        assertThat(codec.entries(codec.entries(List.of()))).isEmpty();
        byte[] whole = codec.entries(entries);
        assertThatThrownBy(() -> codec.entries(Arrays.copyOf(whole, 2))).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void a_moment_comes_with_what_is_known_of_it() {
        var config = new ConfigVersion(Config.of(Map.of("name", "x")), 2, AT);
        for (var then : List.of(
                new Then(entry(7, Origin.NONE, null), config),
                new Then(null, config),
                new Then(entry(7, Origin.NONE, null), null))) {
            assertThat(codec.then(codec.then(Optional.of(then)))).contains(then);
        }
        assertThat(codec.then(codec.then(Optional.empty()))).isEmpty();
    }

    @Test
    void a_quota_comes_as_it_was() {
        var quota = new Quota(new QuotaKey("e"), true, 10, null, "me", 3, AT);
        for (var used : Arrays.asList(new Places(3, 7), null)) {
            var seen = Optional.of(new QuotaSeen(quota, used));
            assertThat(codec.quota(codec.quota(seen))).isEqualTo(seen);
        }
        assertThat(codec.quota(codec.quota(Optional.<QuotaSeen>empty()))).isEmpty();
        byte[] whole = codec.quota(Optional.of(new QuotaSeen(quota, null)));
        assertThatThrownBy(() -> codec.quota(Arrays.copyOf(whole, 2))).isInstanceOf(StoreUnavailableException.class);
    }
}
