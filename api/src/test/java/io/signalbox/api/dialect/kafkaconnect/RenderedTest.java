package io.signalbox.api.dialect.kafkaconnect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.ConnectorType;
import io.signalbox.processor.domain.Phase;
import io.signalbox.processor.domain.TargetState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RenderedTest {

    private static final byte[] JSON = {'{', '}'};

    private final Rendered rendered = new Rendered();

    @Test
    void it_is_found_by_the_state_itself_and_not_by_one_that_equals_it() {
        var state = state();
        assertThat(rendered.of(state)).isNull();
        rendered.put(state, JSON);
        assertThat(rendered.of(state)).isSameAs(JSON);
        assertThat(state()).isEqualTo(state);
        assertThat(rendered.of(state())).isNull();
    }

    @Test
    void whoever_has_lost_its_place_is_made_anew_and_nobody_is_given_anothers() {
        List<ConnectorState> states =
                IntStream.range(0, 20_000).mapToObj(i -> state()).toList();
        for (ConnectorState each : states) {
            rendered.put(each, new byte[1]);
            assertThat(rendered.of(each)).isNotNull();
        }
        long found = states.stream().filter(each -> rendered.of(each) != null).count();
        assertThat(found).isBetween(1L, 4_096L);
    }

    @Test
    void some_hundreds_have_room_beside_each_other() {
        List<ConnectorState> states =
                IntStream.range(0, 500).mapToObj(i -> state()).toList();
        states.forEach(each -> rendered.put(each, JSON));
        // With one place for each, some thirty would be gone.
        assertThat(states.stream().filter(each -> rendered.of(each) == null).count())
                .isLessThan(15);
    }

    @Test
    void what_is_large_is_made_each_time() {
        var state = state();
        rendered.put(state, new byte[4_097]);
        assertThat(rendered.of(state)).isNull();
    }

    private static ConnectorState state() {
        var at = Instant.parse("2026-11-22T10:00:00Z");
        return new ConnectorState(
                new ClusterKey("e", "c").connector("name"),
                "uid",
                Phase.ACTIVE,
                TargetState.RUNNING,
                Config.of(Map.of("name", "name")),
                1,
                ConnectorType.SOURCE,
                true,
                1,
                1,
                1,
                null,
                List.of(),
                null,
                at,
                at,
                null);
    }
}
