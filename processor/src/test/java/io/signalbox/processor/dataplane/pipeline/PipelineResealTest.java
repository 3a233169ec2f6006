package io.signalbox.processor.dataplane.pipeline;

import static io.signalbox.processor.dataplane.pipeline.ConductorTest.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command.CreatePipeline;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.PipelinePlan;
import io.signalbox.processor.domain.PipelineState;
import io.signalbox.processor.domain.Sealed;
import io.signalbox.processor.secrets.KeySets;
import io.signalbox.processor.secrets.References;
import io.signalbox.processor.secrets.Sealer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a rotation of the keys the secrets of a pipeline are sealed anew, in its definition and in what follows from it. */
class PipelineResealTest {

    private static final String POINTER = "/source/postgres/connection/password";
    private static final String ODD = "/sink/a~1b/0";

    @TempDir
    Path directory;

    private Sealer old;
    private Sealer renewed;

    @BeforeEach
    void rotate() throws Exception {
        Path file = directory.resolve("keyset.json");
        KeySets.create(file);
        old = KeySets.load(file, "");
        KeySets.add(file);
        KeySets.promote(file);
        renewed = KeySets.load(file, "");
    }

    private PipelineState created(Sealer sealer) {
        var source = KEY.source();
        String definition = "{\"source\":{\"postgres\":{\"connection\":{\"password\":\""
                + sealer.seal(source, POINTER, "hunter22") + "\",\"host\":\"db\"}}},\"sink\":{\"a/b\":[\""
                + sealer.seal(source, ODD, "another") + "\"]}}";
        var plan = new PipelinePlan(
                Config.of(Map.of("database.password", sealer.seal(source, "database.password", "hunter22"))),
                Config.of(Map.of("connection.password", sealer.seal(KEY.sink(), "connection.password", "another"))),
                false,
                null,
                false,
                true);
        var log = new MemoryLog(() -> World.START);
        log.report(KEY, new CreatePipeline(definition, plan));
        return log.pipeline(KEY);
    }

    @Test
    void all_of_them_are_and_say_the_same() {
        var now = created(old);
        var report = new Secrets(renewed, References.NONE).resealed(now).orElseThrow();
        assertThat(report.definitionRevision()).isEqualTo(now.definitionRevision());
        assertThat(report.definition()).isEqualTo(created(renewed).definition());
        assertThat(report.plan()).isEqualTo(created(renewed).plan());
        assertThat(Sealed.keyId(report.plan().source().get("database.password")))
                .contains(renewed.primaryKeyId());
        assertThat(new Secrets(renewed, References.NONE)
                        .same(KEY.source(), now.plan().source(), report.plan().source()))
                .as("the connector is not touched for it")
                .isTrue();
    }

    @Test
    void what_is_sealed_with_the_present_key_is_left_alone() {
        assertThat(new Secrets(renewed, References.NONE).resealed(created(renewed)))
                .isEmpty();
        assertThat(new Secrets(old, References.NONE).resealed(created(old))).isEmpty();
    }

    @Test
    void what_does_not_open_is_left_as_it_is() {
        assertThat(new Secrets(KeySets.fresh(), References.NONE).resealed(created(old)))
                .isEmpty();
    }
}
