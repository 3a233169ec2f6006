package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Scenario.CONFIG;
import static io.signalbox.processor.domain.Scenario.created;
import static io.signalbox.processor.domain.Scenario.given;
import static io.signalbox.processor.domain.Scenario.running;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DifferenceTest {

    private static final Fingerprint FINGERPRINT =
            (uid, name, value) -> "%08x".formatted((uid + name + value).hashCode());

    private final ConnectorState desired = given(created()).state();

    @Test
    void what_is_as_desired_does_not_differ() {
        assertThat(Difference.between(desired, CONFIG, running(1), FINGERPRINT).none())
                .isTrue();
        assertThat(Difference.between(desired, CONFIG, null, FINGERPRINT).none())
                .isTrue();
    }

    @Test
    void a_changed_an_added_and_a_missing_key_are_named_without_their_values() {
        var observed = Config.of(java.util.Map.of("name", "orders", "connector.class", "Other", "password", "hunter2"));
        var withTopic = given(created())
                .when(new Command.PutConfig(CONFIG.with("topic", "t"), ConnectorType.SOURCE, true))
                .state();
        var difference = Difference.between(withTopic, observed, running(1), FINGERPRINT);
        assertThat(difference.config())
                .extracting(ConfigDifference::key)
                .containsExactly("connector.class", "password", "topic");
        assertThat(difference.config().get(1).desired()).isNull();
        assertThat(difference.config().get(2).observed()).isNull();
        assertThat(difference.config().get(0).desired())
                .matches("[0-9a-f]{8}")
                .isNotEqualTo(difference.config().get(0).observed());
        assertThat(difference.toString()).doesNotContain("hunter2", "Other", "FileStreamSource");
    }

    @ParameterizedTest
    @EnumSource(RunState.class)
    void only_three_states_tell_what_was_asked(RunState state) {
        var seen = new ConnectorStatus(state, "w", null, null, ConnectorType.SOURCE, List.of());
        var expected = state == RunState.PAUSED || state == RunState.STOPPED ? state : null;
        assertThat(Difference.between(desired, CONFIG, seen, FINGERPRINT).state())
                .isEqualTo(expected);
    }

    @Test
    void what_is_not_there_is_absent_whatever_status_lingers() {
        var difference = Difference.between(desired, null, running(1), FINGERPRINT);
        assertThat(difference).isEqualTo(new Difference(true, null, List.of(), 0));
    }

    @Test
    void a_difference_is_bounded() {
        var many = new TreeMap<>(CONFIG.values());
        for (int i = 0; i < 150; i++) {
            many.put("a%03d".formatted(i) + "x".repeat(1_000), "v");
        }
        var difference = Difference.between(desired, Config.of(many), null, FINGERPRINT);
        assertThat(difference.config()).hasSize(Difference.MOST_KEYS);
        assertThat(difference.moreConfig()).isEqualTo(50);
        assertThat(difference.config().getFirst().key()).hasSize(256).endsWith("…");
    }
}
