package io.signalbox.api.http;

import io.javalin.http.Context;
import io.signalbox.api.access.Principal;
import java.util.Set;

/** Finds out who asks. */
@FunctionalInterface
public interface Guard {

    /** Lets everybody in, and do everything: where only this machine can ask, by its own names. */
    Guard OPEN = new SameMachine(Set.of());

    /**
     * @throws Refusal 401 when it is not known who asks; 429 when there were too many who failed, or too many of his requests;
     *     503 when it cannot be found out just now
     */
    Principal identify(Context ctx);
}
