package io.signalbox.processor.dataplane.systems;

import io.signalbox.processor.dataplane.systems.Check.Result.Failed;
import io.signalbox.processor.dataplane.systems.Check.Test;
import io.signalbox.processor.dataplane.systems.SystemException.Kind;
import io.signalbox.processor.domain.Config;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A source whose database is not asked, because there is no driver for it here: the plugin on the worker checks it. It needs nothing
 * to be there before, and leaves nothing behind.
 *
 * @param host the setting with its host; null when there is none
 * @param port the setting with its port
 * @param standardPort where that is not set
 */
record UnknownSource(Clock clock, String host, String port, int standardPort) implements SourceSystem {

    private static final String NO_DRIVER = "there is no driver for this kind of database here";

    @Override
    public SourceReady prepare(Config source, boolean ownsPublication) {
        return SourceReady.AS_IT_IS;
    }

    @Override
    public Set<String> schemas(Config source) {
        return Set.of();
    }

    @Override
    public Map<String, String> fit(Config source) {
        return Map.of();
    }

    @Override
    public void dropSlot(Config source) {
        // There is none.
    }

    @Override
    public void dropPublication(Config source) {
        // There is none.
    }

    @Override
    public Catalog catalog(Config source) {
        throw new SystemException(Kind.REFUSED, NO_DRIVER + ": its tables cannot be told");
    }

    @Override
    public List<Check> check(Config source) {
        Trials trials = new Trials(clock);
        String name = host == null ? null : source.get(host);
        if (name != null && !name.isBlank()) {
            try {
                String number = source.get(port);
                Network.check(trials, name.strip(), number == null ? standardPort : Integer.parseInt(number.strip()));
            } catch (IllegalArgumentException e) {
                trials.found(new Test.Reachability(), new Failed("the port is no number of a port"), trials.now());
            }
        }
        trials.skip(
                NO_DRIVER + ": the plugin on the worker tries it",
                new Test.Connection(),
                new Test.Authentication(),
                new Test.Tls(),
                new Test.ServerInfo(null));
        return trials.done();
    }
}
