package io.signalbox.processor.dataplane.pipeline;

import static io.signalbox.processor.dataplane.pipeline.ConductorTest.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.dataplane.FakeStoredSecrets;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.SystemException.Kind;
import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.PipelinePlan;
import io.signalbox.processor.domain.PipelineStatus;
import io.signalbox.processor.domain.PipelineStatus.State;
import io.signalbox.processor.domain.PipelineStatus.Status;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.secrets.References;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the configs of a pipeline refer to is what databases are asked with, and is told to nobody. */
class PipelineReferencesTest {

    private static final SecretId DB = SecretId.of(KEY.source().clusterKey(), "db");

    private final FakeStoredSecrets stored = new FakeStoredSecrets();
    private final World world = new World();

    @BeforeEach
    void refer() {
        world.references = References.to(stored, World.SEALER);
        var plan = ConductorTest.plan("1", false, null, false);
        var source = plan.source()
                .with("database.user", "${secretsManager:db:user}")
                .with(
                        "database.password",
                        World.SEALER.seal(KEY.source(), "database.password", "${secretsManager:db:password}"));
        world.tell(
                KEY, new Command.CreatePipeline("{}", new PipelinePlan(source, plan.sink(), false, null, false, true)));
    }

    private PipelineStatus status() {
        return world.log.pipeline(KEY).status();
    }

    private void untilRetried() {
        var conductor = world.conductor();
        for (int i = 0; i < 50 && status().status() != Status.RETRY; i++) {
            Duration next = conductor.look(world.log.pipeline(KEY));
            world.pass(next);
        }
    }

    @Test
    void a_database_is_asked_with_what_is_stored_and_the_log_has_the_reference() {
        stored.put(World.SEALER, DB, "{\"user\":\"reader-1\",\"password\":\"hunter-22\"}");
        world.conduct(KEY);
        assertThat(status().state()).isEqualTo(State.REALTIME);
        assertThat(world.asked.get("database.user")).isEqualTo("reader-1");
        assertThat(world.asked.get("database.password")).isEqualTo("hunter-22");
        assertThat(world.log.connector(KEY.source()).config().get("database.user"))
                .isEqualTo("${secretsManager:db:user}");
    }

    @Test
    void one_that_is_not_stored_is_named_and_tried_again() {
        untilRetried();
        assertThat(status().reason()).contains("\"database.user\"", "\"db\" in cluster default/local");
        stored.put(World.SEALER, DB, "{\"user\":\"reader-1\",\"password\":\"hunter-22\"}");
        world.conduct(KEY);
        assertThat(status().state()).isEqualTo(State.REALTIME);
    }

    @Test
    void what_a_database_quotes_of_it_is_not_told() {
        stored.put(World.SEALER, DB, "{\"user\":\"reader-1\",\"password\":\"hunter-22\"}");
        world.refusing.put("prepareSource", new SystemException(Kind.REFUSED, "no reader-1 with hunter-22"));
        untilRetried();
        assertThat(status().reason()).isEqualTo("no ******** with ********");
    }
}
