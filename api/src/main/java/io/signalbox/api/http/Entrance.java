package io.signalbox.api.http;

/** By which way a request came in, and so which routes there are for it. */
enum Entrance {
    /** The only kind that there is. */
    COMMON,
    USERS,
    REPLICAS;

    boolean leadsTo(Rule rule) {
        return this == COMMON || rule instanceof Rule.Replicas == (this == REPLICAS);
    }
}
