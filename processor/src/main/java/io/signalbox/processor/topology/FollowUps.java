package io.signalbox.processor.topology;

import io.signalbox.processor.domain.FollowUp;

/**
 * Where commands go that follow from others: to the log, outside the transaction, as answers do. What is to be told follows
 * from the log alone, so that a successor tells the same. Must not block; what gets lost is told again.
 */
public interface FollowUps {

    /** For a topology that nobody sets a quota in. */
    FollowUps NONE = new FollowUps() {
        @Override
        public int partitions() {
            return 1;
        }

        @Override
        public void append(FollowUp followUp) {
            // Nobody is there to be told.
        }
    };

    /** How many partitions the command topic has, for ever. */
    int partitions();

    void append(FollowUp followUp);
}
