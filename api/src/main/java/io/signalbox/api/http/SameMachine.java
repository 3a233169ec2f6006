package io.signalbox.api.http;

import io.javalin.http.Context;
import io.signalbox.api.access.Principal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets everybody in who is on this machine and means it. A page in a browser here is on this machine as well, whoever made it: under
 * a name of its own that suddenly leads here, the browser would let it read the answers. So it matters by which name one asks.
 *
 * @param names by which one may ask, beside {@code localhost} and addresses of this machine's own; in lower case
 */
public record SameMachine(Set<String> names) implements Guard {

    /** Of all that {@link #OWN} is. */
    private static final Set<String> USUAL = Set.of("localhost", "127.0.0.1");

    private static final Pattern OWN =
            Pattern.compile("localhost|(.+\\.)?localhost|127(\\.\\d{1,3}){3}|\\[?::1]?|\\[?0:0:0:0:0:0:0:1]?");

    public SameMachine {
        names = Set.copyOf(names);
    }

    @Override
    public Principal identify(Context ctx) {
        String name = String.valueOf(ctx.req().getServerName()).toLowerCase(Locale.ROOT);
        if (USUAL.contains(name) || names.contains(name) || OWN.matcher(name).matches()) {
            return Principal.ANYBODY;
        }
        throw new Refusal(
                403,
                "This serves its own machine only, where nobody is asked who he is: ask for localhost. For another name set"
                        + " http.hosts, or turn on access control");
    }
}
