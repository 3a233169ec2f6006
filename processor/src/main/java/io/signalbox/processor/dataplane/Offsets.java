package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ConnectorState;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads how far a connector got, when it comes to rest or is to be changed: as well as it goes, and not for long. */
final class Offsets {

    private static final Logger LOG = LoggerFactory.getLogger(Offsets.class);

    /** In characters. A record of the log holds 8 MiB, and an event may hold what was asked for, too. */
    private static final int LONGEST = 1 << 20;

    private final Timing timing;
    private final Actions actions;

    Offsets(Timing timing, Actions actions) {
        this.timing = timing;
        this.actions = actions;
    }

    void read(Job job) {
        tolerant(job, actions::read);
    }

    /** Before it is deleted: it goes with as many as deletions do. */
    void readLast(Job job) {
        tolerant(job, actions::ask);
    }

    /** @return what was read, and is in the log now; null when it is too long for the log */
    String image(Job job) {
        return image(job, actions::read);
    }

    @FunctionalInterface
    private interface Way {
        String ask(ConnectorState desired, String action, Function<Driver, String> work);
    }

    private void tolerant(Job job, Way way) {
        try {
            image(job, way);
        } catch (DriverException e) {
            // It is in the log already. The next time that it comes to rest they are read again.
            LOG.debug(
                    "reconcile connector={} action=read-offsets", job.desired().key(), e);
        }
    }

    private String image(Job job, Way way) {
        var desired = job.desired();
        String offsets = way.ask(
                desired, "read-offsets", driver -> driver.offsets(desired.key().connector(), timing.offsets()));
        if (offsets.length() > LONGEST) {
            LOG.warn("reconcile connector={} action=read-offsets result=too-long", desired.key());
            return null;
        }
        job.incarnation().reports().offsets(desired, offsets);
        return offsets;
    }
}
