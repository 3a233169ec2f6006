package io.signalbox.processor.dataplane.pipeline;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The Kafka that the workers write to and read from. Every call is bounded in time and may be made again. */
public interface Topics {

    /**
     * Deletes topics, and waits until they are seen to be gone.
     *
     * @param prefix of names; all that begin so
     * @param names of others; those that are not there are no failure
     * @throws RuntimeException when one may be there still
     */
    void delete(String prefix, Set<String> names);

    /**
     * @param topics whole names
     * @return how many records a group has not committed of those topics; what it never committed counts from the beginning
     * @throws RuntimeException when it cannot be told
     */
    long lag(String group, Pattern topics);

    /** How old what a group did not read yet is, measured by how long its topic keeps it. */
    enum Backlog {
        FRESH,
        /** Something is older than half of that time. */
        AGEING,
        /** Something was deleted before it was read. */
        LOST
    }

    /**
     * The worst of all topics.
     *
     * @param topics whole names
     * @throws RuntimeException when it cannot be told
     */
    Backlog backlog(String group, Pattern topics, Instant now);

    /**
     * @param topics whole names
     * @return where each of their partitions ends, by a name that {@link #committed} knows it by
     * @throws RuntimeException when it cannot be told
     */
    Map<String, Long> ends(Pattern topics);

    /**
     * @param ends as they were told once; what is deleted since is not waited for
     * @return whether a group has committed all that was before them
     * @throws RuntimeException when it cannot be told
     */
    boolean committed(String group, Map<String, Long> ends);

    /**
     * Deletes a consumer group; one that is not there is no failure.
     *
     * @throws RuntimeException when it may be there still
     */
    void deleteGroup(String group);
}
