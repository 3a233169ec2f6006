package io.signalbox.fault;

/** What can be wrong with a history: a closed set. */
enum Flaw {
    /** Acknowledged, but nothing in the log comes from it, and it was not so already. */
    LOST,
    /** Two steps in the log come from one command. */
    DUPLICATE_EVENTS,
    /** One command id was given two different answers. */
    TWO_ANSWERS,
    /** The revisions of a key are not 1, 2, 3 and so on. */
    LOG_BROKEN,
    /** A step in the log that no client asked for. */
    UNASKED,
    /** Refused, but done nevertheless. */
    REFUSED_BUT_DONE,
    /** The rules decide this otherwise. */
    WRONG_DECISION,
    /** The answer is not what the log says of that time. */
    WRONG_ANSWER,
    /** The order of the log is not that of real time, or of the positions that were told. */
    OUT_OF_ORDER,
    /** A strong read answered from before what was already known. */
    STALE_READ,
    /** A read answered from before its token. */
    READ_BEFORE_TOKEN,
    /** No order whatever explains the answers. */
    NOT_LINEARIZABLE
}
