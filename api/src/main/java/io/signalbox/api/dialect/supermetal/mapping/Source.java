package io.signalbox.api.dialect.supermetal.mapping;

import java.util.SortedMap;

/** One kind of source. */
sealed interface Source permits PostgresSource, MySqlSource {

    /**
     * @param limits missing for none
     * @return the config of its connector, towards Kafka
     * @throws io.signalbox.api.http.Refusal 422 where it asks for what cannot be done
     */
    SortedMap<String, String> settings(TopicNames topics, Tree limits);

    /** Changes its config where it is rows that are wanted in the end, and not records. */
    void towardsRows(SortedMap<String, String> settings);

    /**
     * To which schema of a target a table goes when nothing is said, as the sink's format of names has it.
     *
     * @return empty when that is not known before
     */
    String targetSchema();

    /** @return empty for all that there are */
    String database();

    boolean hasSchemas();

    /** Whether it copies what there is, and no changes. */
    boolean ends();

    /** Whether a publication is made for it. */
    boolean ownsPublication();

    /** Whether times can be as exact as their columns, each in its own way. */
    boolean adaptsTimes();
}
