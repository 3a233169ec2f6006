package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Scenario.CONFIG;
import static io.signalbox.processor.domain.Scenario.created;
import static io.signalbox.processor.domain.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command.CreateConnector;
import io.signalbox.processor.domain.Command.PatchConfig;
import io.signalbox.processor.domain.Command.PutConfig;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asterisks that are written back keep what is there: decided on the log, against what is there then. */
class KeepingDeciderTest {

    private static final String OLD = "sealed:v1:7:b2xk";
    private static final Config WITH_SECRET = CONFIG.with("pin", OLD).with("db.password", "from before sealing");
    private static final PutConfig HAS_SECRET = new PutConfig(WITH_SECRET, ConnectorType.SOURCE, true);

    @ParameterizedTest
    @ValueSource(strings = {"********", "****", "*****************************"})
    void a_put_keeps_what_is_sealed_or_hidden_by_its_name(String mask) {
        var written = CONFIG.with("pin", mask).with("db.password", mask).with("topic", "t");
        var state = given(created()).when(HAS_SECRET).when(put(written)).state();
        assertThat(state.config()).isEqualTo(WITH_SECRET.with("topic", "t"));
        assertThat(state.generation()).isEqualTo(3);
    }

    @Test
    void a_config_that_is_written_back_as_it_was_read_changes_nothing() {
        var read = CONFIG.with("pin", Mask.TEXT).with("db.password", Mask.TEXT);
        given(created()).when(HAS_SECRET).when(put(read)).thenNothing();
    }

    @Test
    void a_patch_keeps_too_and_null_still_removes() {
        Map<String, String> patch = new HashMap<>(Map.of("pin", Mask.TEXT, "topic", "t"));
        patch.put("db.password", null);
        var state = given(created()).when(HAS_SECRET).when(patch(patch)).state();
        assertThat(state.config()).isEqualTo(CONFIG.with("pin", OLD).with("topic", "t"));
    }

    @Test
    void what_is_not_there_or_is_no_secret_cannot_be_kept() {
        given(created()).when(put(CONFIG.with("pin", Mask.TEXT))).thenRejected(RejectionCode.NOTHING_TO_KEEP);
        given(created())
                .when(put(CONFIG.with("topic", "t")))
                .when(patch(Map.of("topic", Mask.TEXT)))
                .thenRejected(RejectionCode.NOTHING_TO_KEEP);
    }

    @Test
    void a_new_connector_has_nothing_to_keep_not_even_of_a_deleted_one() {
        var create =
                new CreateConnector(CONFIG.with("pin", Mask.TEXT), TargetState.RUNNING, ConnectorType.SOURCE, true);
        given().when(create).thenRejected(RejectionCode.NOTHING_TO_KEEP);
        given(created())
                .when(HAS_SECRET)
                .when(new Command.DeleteConnector())
                .when(create)
                .thenRejected(RejectionCode.NOTHING_TO_KEEP);
    }

    @Test
    void what_was_only_found_is_taken_over_with_the_secrets_that_it_has() {
        var state = given(new Event.ConnectorFound("u", WITH_SECRET, TargetState.PAUSED, ConnectorType.SOURCE))
                .when(put(CONFIG.with("pin", Mask.TEXT)))
                .state();
        assertThat(state.phase()).isEqualTo(Phase.ACTIVE);
        assertThat(state.config()).isEqualTo(CONFIG.with("pin", OLD));
    }

    @Test
    void fewer_asterisks_are_a_value() {
        var state = given(created())
                .when(put(CONFIG.with("fields", "*").with("deep", "**")))
                .state();
        assertThat(state.config().get("fields")).isEqualTo("*");
        assertThat(state.config().get("deep")).isEqualTo("**");
    }

    private static PutConfig put(Config config) {
        return new PutConfig(config, ConnectorType.SOURCE, true);
    }

    private static PatchConfig patch(Map<String, String> patch) {
        return new PatchConfig(patch, ConnectorType.SOURCE, true, null);
    }
}
