package io.signalbox.api.dialect;

import io.signalbox.api.http.Refusal;

/** How a dialect says that there is no connector of a name. */
@FunctionalInterface
public interface Absence {

    /** @return 404 in the dialect's words */
    Refusal notFound(String connector);
}
