package io.signalbox.api.query;

/**
 * Which part of a history is wanted.
 *
 * @param before only revisions less than this
 * @param limit how many entries at most, from 1
 * @param observed whether with what was observed, beside what was asked for
 */
public record HistoryPage(long before, int limit, boolean observed) {}
