package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.secrets.Redactor;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The secrets that a worker's traces may quote: those that are desired, those that were desired just before, since a trace
 * outlives the config that it is about, and those that the worker was seen to have. Used under its owner's lock.
 */
final class Quoted {

    private static final int REMEMBERED = 4;

    private final ConnectorKey key;
    private final Secrets secrets;
    private final Deque<Redactor> known = new ArrayDeque<>();
    private Config desired;
    private Object stamp;
    private long version = -1;
    private Config observed;

    Quoted(ConnectorKey key, Secrets secrets) {
        this.key = key;
        this.secrets = secrets;
    }

    /** Made again only when the config is another one, or what its references stand for. */
    void desired(Config config) {
        long now = secrets.version();
        if (config.equals(desired) && now == version) {
            return;
        }
        version = now;
        var next = secrets.stamp(key, config);
        if (!config.equals(desired) || !next.equals(stamp)) {
            desired = config;
            stamp = next;
            add(secrets.redactor(key, config));
        }
    }

    /** @param config in clear, as the worker has it */
    void observed(ConnectorState of, Config config) {
        if (!config.equals(observed)) {
            observed = config;
            add(secrets.redactor(of, config));
        }
    }

    String redact(String trace) {
        String shown = trace;
        for (Redactor each : known) {
            shown = each.redact(shown);
        }
        return shown;
    }

    private void add(Redactor redactor) {
        if (redactor != Redactor.NONE) {
            known.addFirst(redactor);
        }
        if (known.size() > REMEMBERED) {
            known.removeLast();
        }
    }
}
