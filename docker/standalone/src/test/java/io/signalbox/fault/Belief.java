package io.signalbox.fault;

/**
 * What is known of a connector by answers alone. Observations move its revision and nobody is told, so that the revision here
 * is the least that it can be, and the config's is 0 while nobody was told.
 */
record Belief(Connector least) {

    static final Belief NOTHING = new Belief(Connector.ABSENT);

    /** @return what is known after this call took effect next; null when it cannot have been next */
    Belief after(Call call) {
        Operation asked = call.asked();
        String code = call.refused() ? call.answer().code() : null;
        if (Connector.PRECONDITION_FAILED.equals(code)) {
            return asked.ifMatch() == null ? null : without(asked.ifMatch());
        }
        Belief now = asked.ifMatch() == null ? this : with(asked.ifMatch());
        if (now == null) {
            return null;
        }
        String refusal = now.least.refusalBeyondIfMatch(asked.kind());
        if (refusal != null || code != null) {
            return refusal != null && refusal.equals(code) ? now : null;
        }
        if (now.least.eventOf(asked) == null) {
            return call.unknown() ? null : now.told(call.seen());
        }
        Connector next = now.least.after(asked, now.least.revision() + 1);
        boolean newConfig = next.active() && next.configRevision() == next.revision();
        Belief then = new Belief(newConfig ? withConfigAt(next, 0) : next);
        boolean exact =
                asked.ifMatch() != null && Character.isDigit(asked.ifMatch().charAt(0));
        return exact && revisionIsNot(next.revision(), call.seen()) ? null : then.toldOfChange(call.seen(), newConfig);
    }

    /** Who names the revision that it has learns the next one. */
    private static boolean revisionIsNot(long due, Seen seen) {
        return seen != null && seen.revision() != null && seen.revision() != due;
    }

    /** A change of the config is answered with the revision that it made. */
    private Belief toldOfChange(Seen seen, boolean newConfig) {
        boolean two = newConfig
                && seen != null
                && seen.revision() != null
                && seen.configRevision() != null
                && !seen.revision().equals(seen.configRevision());
        return two ? null : told(seen);
    }

    private Belief told(Seen seen) {
        if (seen == null) {
            return this;
        }
        Connector known = least;
        if (!known.active() || !seen.saysTheSame(known)) {
            return null;
        }
        if (seen.configRevision() != null) {
            known = learned(known, seen.configRevision());
        }
        if (known != null && seen.revision() != null) {
            known = seen.revision() < known.revision() ? null : withRevision(known, seen.revision());
        }
        return known == null ? null : new Belief(known);
    }

    /** It is known to have this tag. */
    private Belief with(String tag) {
        Connector known = least;
        if (!known.active()) {
            return null;
        }
        if (tag.equals("*")) {
            return this;
        }
        if (tag.startsWith("config-")) {
            known = learned(known, Long.parseLong(tag.substring("config-".length())));
        } else {
            long revision = Long.parseLong(tag);
            known = revision < known.revision() ? null : withRevision(known, revision);
        }
        return known == null ? null : new Belief(known);
    }

    /** It is known not to have this tag. */
    private Belief without(String tag) {
        if (!least.active()) {
            return this;
        }
        if (tag.equals("*") || tag.equals("config-" + least.configRevision())) {
            return null;
        }
        return tag.equals(Long.toString(least.revision()))
                ? new Belief(withRevision(least, least.revision() + 1))
                : this;
    }

    private static Connector learned(Connector known, long configRevision) {
        if (known.configRevision() != 0) {
            return known.configRevision() == configRevision ? known : null;
        }
        return withConfigAt(withRevision(known, Math.max(known.revision(), configRevision)), configRevision);
    }

    private static Connector withRevision(Connector known, long revision) {
        return new Connector(known.active(), known.targetState(), known.config(), revision, known.configRevision());
    }

    private static Connector withConfigAt(Connector known, long configRevision) {
        return new Connector(known.active(), known.targetState(), known.config(), known.revision(), configRevision);
    }
}
