package io.signalbox.api.http;

import io.signalbox.processor.dataplane.systems.Catalog;
import io.signalbox.processor.dataplane.systems.Check;
import io.signalbox.processor.dataplane.systems.SourceReady;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.Systems;
import io.signalbox.processor.dataplane.systems.TableName;
import io.signalbox.processor.domain.Config;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Databases that answer what a test says, and remember with which configs they were asked. For tests. */
public final class ScriptedDatabases implements Systems {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Config> asked = new CopyOnWriteArrayList<>();
    private volatile List<Check> checks =
            List.of(new Check(new Check.Test.Connection(), new Check.Result.Success(), NOW, NOW));
    private volatile SystemException trouble;

    public List<Config> asked() {
        return asked;
    }

    /** They answer that. */
    public void answer(Check.Test test, Check.Result result) {
        checks = List.of(new Check(test, result, NOW, NOW));
    }

    /** They answer nothing else. */
    public void fail(SystemException.Kind kind, String why) {
        trouble = new SystemException(kind, why);
    }

    private void ask(Config config) {
        asked.add(config);
        if (trouble != null) {
            throw trouble;
        }
    }

    @Override
    public Catalog catalog(Config source) {
        ask(source);
        var id = new Catalog.Column("id", "integer", false, true, true);
        var note = new Catalog.Column("note", "text", true, false, true);
        return new Catalog(
                "shop", List.of(new Catalog.Schema("public", List.of(new Catalog.Table("orders", List.of(id, note))))));
    }

    @Override
    public Optional<String> obstacle(Config source, TableName table) {
        ask(source);
        return Optional.empty();
    }

    @Override
    public Map<String, String> fit(Config source) {
        return Map.of();
    }

    @Override
    public List<Check> checkSource(Config source) {
        ask(source);
        return checks;
    }

    @Override
    public List<Check> checkSink(Config sink) {
        ask(sink);
        return checks;
    }

    @Override
    public SourceReady prepareSource(Config source, boolean ownsPublication) {
        throw new UnsupportedOperationException("The API prepares nothing");
    }

    @Override
    public void prepareSink(Config source, Config sink) {
        throw new UnsupportedOperationException("The API prepares nothing");
    }

    @Override
    public void dropSlot(Config source) {
        throw new UnsupportedOperationException("The API drops nothing");
    }

    @Override
    public void dropPublication(Config source) {
        throw new UnsupportedOperationException("The API drops nothing");
    }
}
