package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Scenario.CONFIG;
import static io.signalbox.processor.domain.Scenario.created;
import static io.signalbox.processor.domain.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command.DeleteConnector;
import io.signalbox.processor.domain.Command.PatchConfig;
import io.signalbox.processor.domain.Command.PutConfig;
import io.signalbox.processor.domain.Command.ReportAbsent;
import io.signalbox.processor.domain.Command.ReportResealed;
import io.signalbox.processor.domain.Command.ReportStatus;
import io.signalbox.processor.domain.Event.ConnectorResealed;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets that are sealed anew: the same config in other texts, of which nobody but the log has to know. */
class ResealDeciderTest {

    private static final String OLD = "sealed:v1:7:b2xk";
    private static final String NEW = "sealed:v1:8:bmV3";
    private static final Config WITH_SECRETS = CONFIG.with("pin", OLD).with("token", "sealed:v1:7:dG9rZW4");
    private static final PutConfig HAS_SECRETS = new PutConfig(WITH_SECRETS, ConnectorType.SOURCE, true);
    private static final ReportResealed RESEALED = resealed("pin", OLD, NEW);

    @Test
    void a_text_that_is_still_there_is_replaced_and_nothing_that_is_desired_changes() {
        var before = given(created()).when(HAS_SECRETS).when(new ReportStatus("u1", 2L, Scenario.running(1)));
        var state = before.state();
        before.when(RESEALED).then(new ConnectorResealed(only("pin", OLD), only("pin", NEW)));
        var after = before.state();
        assertThat(after.config()).isEqualTo(WITH_SECRETS.with("pin", NEW));
        assertThat(after.revision()).isEqualTo(state.revision() + 1);
        assertThat(after.configRevision()).isEqualTo(state.configRevision());
        assertThat(after.generation()).isEqualTo(state.generation()).isEqualTo(after.observedGeneration());
        assertThat(after.status()).isEqualTo(state.status());
    }

    @Test
    void twice_is_once() {
        given(created()).when(HAS_SECRETS).when(RESEALED).when(RESEALED).thenNothing();
    }

    @Test
    void whoever_wrote_since_is_not_undone() {
        String written = "sealed:v1:7:d3JpdHRlbg";
        var state = given(created())
                .when(HAS_SECRETS)
                .when(new PatchConfig(Map.of("pin", written), ConnectorType.SOURCE, true, null))
                .when(RESEALED)
                .thenNothing()
                .state();
        assertThat(state.config().get("pin")).isEqualTo(written);
    }

    @Test
    void of_several_settings_those_are_replaced_that_are_still_there() {
        var report = new ReportResealed(
                "u1",
                Config.of(Map.of("pin", OLD, "token", "sealed:v1:7:ZWxzZQ", "gone", OLD)),
                Config.of(Map.of("pin", NEW, "token", NEW, "gone", NEW)));
        given(created()).when(HAS_SECRETS).when(report).then(new ConnectorResealed(only("pin", OLD), only("pin", NEW)));
    }

    @ParameterizedTest
    @CsvSource({"sealed:v1:7:b2xk,clear", "sealed:v1:7:b2xk,sealed:v1:7:b2xk", "FileStreamSource,sealed:v1:8:bmV3"})
    void only_a_sealed_text_takes_the_place_of_another_one(String before, String after) {
        given(created())
                .when(HAS_SECRETS)
                .when(resealed(Sealed.is(before) ? "pin" : "connector.class", before, after))
                .thenNothing();
    }

    @Test
    void what_was_found_or_is_going_is_sealed_anew_and_what_is_gone_or_another_is_not() {
        given(new Event.ConnectorFound("u1", WITH_SECRETS, TargetState.RUNNING, ConnectorType.SOURCE))
                .when(RESEALED)
                .then(new ConnectorResealed(only("pin", OLD), only("pin", NEW)));
        var going = given(created()).when(HAS_SECRETS).when(new DeleteConnector());
        going.when(RESEALED).then(new ConnectorResealed(only("pin", OLD), only("pin", NEW)));
        assertThat(going.state().phase()).isEqualTo(Phase.DELETING);
        going.when(new ReportAbsent("u1"))
                .when(resealed("token", "sealed:v1:7:dG9rZW4", NEW))
                .thenNothing();
        given(created())
                .when(HAS_SECRETS)
                .when(new ReportResealed("another", RESEALED.before(), RESEALED.after()))
                .thenNothing();
    }

    /** Its revision names the config for whoever validated a change of it, or holds its tag. */
    @Test
    void a_patch_that_was_validated_before_goes_on_and_so_does_who_has_its_tag() {
        var scenario = given(created()).when(HAS_SECRETS);
        long validated = scenario.state().configRevision();
        var state = scenario.when(RESEALED)
                .when(new PatchConfig(Map.of("topic", "t", "pin", Mask.TEXT), ConnectorType.SOURCE, true, validated))
                .state();
        assertThat(state.config()).isEqualTo(WITH_SECRETS.with("pin", NEW).with("topic", "t"));
    }

    @Test
    void the_same_secret_sealed_with_the_new_key_is_no_change_any_more() {
        given(created())
                .when(HAS_SECRETS)
                .when(RESEALED)
                .when(new PutConfig(WITH_SECRETS.with("pin", NEW), ConnectorType.SOURCE, true))
                .thenNothing();
    }

    @Test
    void the_history_says_so_for_ever_and_names_keys_and_settings() {
        var event = new ConnectorResealed(WITH_SECRETS, only("pin", NEW).with("token", NEW));
        var recorded = new RecordedEvent("e", Scenario.ORDERS, 2, Scenario.START, "c", "reconciler@r", event);
        var entry = HistoryEntry.of(recorded, given(created()).state());
        assertThat(entry.asked()).isTrue();
        assertThat(entry.summary()).isEqualTo("re-sealed with key 8, not changed: pin, token");
    }

    private static ReportResealed resealed(String name, String before, String after) {
        return new ReportResealed("u1", only(name, before), only(name, after));
    }

    private static Config only(String name, String text) {
        return Config.of(Map.of(name, text));
    }
}
