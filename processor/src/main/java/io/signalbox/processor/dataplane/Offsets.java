package io.signalbox.processor.dataplane;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads how far a connector got, when it comes to rest: as well as it goes, and not for long. */
final class Offsets {

    private static final Logger LOG = LoggerFactory.getLogger(Offsets.class);

    private final Timing timing;
    private final Actions actions;

    Offsets(Timing timing, Actions actions) {
        this.timing = timing;
        this.actions = actions;
    }

    void read(Job job) {
        var desired = job.desired();
        try {
            String offsets = actions.read(
                    desired,
                    "read-offsets",
                    driver -> driver.offsets(desired.key().connector(), timing.offsets()));
            job.incarnation().reports().offsets(desired, offsets);
        } catch (DriverException e) {
            // It is in the log already. The next time that it comes to rest they are read again.
            LOG.debug("reconcile connector={} action=read-offsets", desired.key(), e);
        }
    }
}
