package io.signalbox.api.http;

import io.javalin.http.Context;
import io.signalbox.api.access.Place;
import io.signalbox.api.access.Role;
import java.util.function.Function;
import java.util.function.Predicate;

/** Who may use a route. There is no route without one. */
public sealed interface Rule {

    /** Everybody, without saying who he is. */
    Rule PUBLIC = new Open("public");

    /** Whoever says who he is, whatever he may do. */
    Rule KNOWN = new Known();

    /**
     * Other replicas. For everybody else there is no such route.
     *
     * @param known whether it is one
     */
    static Rule replicas(Predicate<Context> known) {
        return new Replicas(known);
    }

    /** Who has the role on all of the place. */
    static Rule on(Role role, Function<Context, Place> place) {
        return new On(role, false, place);
    }

    /** Who has the role on something of the place; the route shows and does what is allowed there, and no more. */
    static Rule within(Role role, Function<Context, Place> place) {
        return new On(role, true, place);
    }

    /** Lets the request go on, or refuses it before anything was done. */
    void admit(Context ctx, Guard guard);

    /** In a word or two, for people. */
    String text();

    /** @param text see {@link Rule#text} */
    record Open(String text) implements Rule {
        @Override
        public void admit(Context ctx, Guard guard) {
            // It does not matter who asks.
        }
    }

    /** See {@link Rule#replicas}. */
    record Replicas(Predicate<Context> known) implements Rule {
        @Override
        public void admit(Context ctx, Guard guard) {
            if (!known.test(ctx)) {
                throw Refusal.noSuchRoute();
            }
        }

        @Override
        public String text() {
            return "peers";
        }
    }

    /** See {@link Rule#KNOWN}. */
    record Known() implements Rule {
        @Override
        public void admit(Context ctx, Guard guard) {
            Exchange.of(ctx).principal(guard, guard.identify(ctx), null);
        }

        @Override
        public String text() {
            return "known";
        }
    }

    /** @param part whether the role may hold for a part of the place only */
    record On(Role role, boolean part, Function<Context, Place> place) implements Rule {
        @Override
        public void admit(Context ctx, Guard guard) {
            var principal = guard.identify(ctx);
            Exchange.of(ctx).principal(guard, principal, role);
            if (principal.grants().may(role, Place.EVERYWHERE)) {
                return;
            }
            var asked = place.apply(ctx);
            boolean allowed = part
                    ? principal.grants().maySomewhere(role, asked)
                    : principal.grants().may(role, asked);
            if (!allowed) {
                throw Access.refused(role, asked);
            }
        }

        @Override
        public String text() {
            return part ? role.word() + " of a part" : role.word();
        }
    }
}
