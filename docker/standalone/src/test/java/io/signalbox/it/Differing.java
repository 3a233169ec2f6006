package io.signalbox.it;

import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** In which aspects two answers to one request differ. */
final class Differing {

    private Differing() {}

    /** @return as the table writes them: {@code status=404} has the second one's, the others are words */
    static Set<String> aspects(Seen worker, Seen signalbox, Likeness likeness) {
        Set<String> differ = new TreeSet<>();
        if (worker.status() != signalbox.status()) {
            differ.add("status=" + signalbox.status());
        }
        if (!ownCode(worker) || !ownCode(signalbox)) {
            differ.add("error_code");
        }
        add(differ, "type", worker.type(), signalbox.type());
        add(differ, "location", worker.location(), signalbox.location());
        add(differ, "allow", worker.allow(), signalbox.allow());
        add(differ, "length", worker.length(), signalbox.length());
        if (worker.error() && signalbox.error()) {
            add(differ, "message", worker.message(), signalbox.message());
            add(differ, "body", worker.body().size(), signalbox.body().size());
        } else if (worker.body().isMissingNode() && signalbox.body().isMissingNode()) {
            add(differ, "body", Seen.words(worker.text()), Seen.words(signalbox.text()));
        } else {
            add(differ, "body", likeness.essence(worker.body()), likeness.essence(signalbox.body()));
        }
        return differ;
    }

    /** An error's code is its status. */
    private static boolean ownCode(Seen seen) {
        return !seen.error() || seen.body().path("error_code").asInt() == seen.status();
    }

    private static void add(Set<String> differ, String aspect, Object worker, Object signalbox) {
        if (!Objects.equals(worker, signalbox)) {
            differ.add(aspect);
        }
    }
}
