package io.signalbox.api.dialect.supermetal.model;

import io.signalbox.api.http.Failure;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Violation;
import java.util.List;
import java.util.Map;

/** What is wrong with a definition, and where. A place is a JSON pointer (RFC 6901); that of the whole is empty. */
public final class Wrong {

    private Wrong() {}

    /** It is none: 400. */
    public static Refusal form(String pointer, String what) {
        return at(400, pointer, what);
    }

    /** It may not change so: 409. */
    public static Refusal change(String pointer, String what) {
        return at(409, pointer, what);
    }

    /** It is one, and cannot be run here: 422. */
    public static Refusal notRunnable(String pointer, String why) {
        return at(422, pointer, why);
    }

    private static Refusal at(int status, String pointer, String what) {
        String where = pointer.isEmpty() ? "" : pointer + ": ";
        return new Refusal(new Failure(status, where + what, Map.of(), List.of(new Violation(pointer, what))));
    }

    /** @return the pointer of a member */
    static String below(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
