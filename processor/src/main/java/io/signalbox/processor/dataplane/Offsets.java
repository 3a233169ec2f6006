package io.signalbox.processor.dataplane;

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
        try {
            image(job);
        } catch (DriverException e) {
            // It is in the log already. The next time that it comes to rest they are read again.
            LOG.debug(
                    "reconcile connector={} action=read-offsets", job.desired().key(), e);
        }
    }

    /** @return what was read, and is in the log now; null when it is too long for the log */
    String image(Job job) {
        var desired = job.desired();
        String offsets = actions.read(
                desired, "read-offsets", driver -> driver.offsets(desired.key().connector(), timing.offsets()));
        if (offsets.length() > LONGEST) {
            LOG.warn("reconcile connector={} action=read-offsets result=too-long", desired.key());
            return null;
        }
        job.incarnation().reports().offsets(desired, offsets);
        return offsets;
    }
}
