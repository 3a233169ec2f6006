package io.signalbox.it;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One line of the differential table: a request, or what to wait for before the next one.
 *
 * @param line where it stands
 * @param group the heading it stands below
 * @param body null for none
 * @param headers names and values by turns
 * @param likeness how far the two answers have to be alike
 * @param listed the differences that are allowed, and have to be there, by the id of their row in docs/kafka-connect.md
 */
record Ask(
        int line,
        String group,
        String method,
        String path,
        String body,
        List<String> headers,
        Likeness likeness,
        Map<String, Set<String>> listed) {

    /** The words that begin a line which waits: {@code await NAME STATE TASK-STATE…}, {@code until PATH TEXT}. */
    static final String AWAIT = "await";

    static final String UNTIL = "until";

    boolean waits() {
        return method.equals(AWAIT) || method.equals(UNTIL);
    }

    /** All aspects in which it may and must differ. */
    Set<String> differing() {
        Set<String> all = new TreeSet<>();
        listed.values().forEach(all::addAll);
        return all;
    }

    Ask with(String nextBody) {
        return new Ask(line, group, method, path, nextBody, headers, likeness, listed);
    }

    Ask with(List<String> nextHeaders) {
        return new Ask(line, group, method, path, body, nextHeaders, likeness, listed);
    }

    Ask with(Likeness next) {
        return new Ask(line, group, method, path, body, headers, next, listed);
    }

    Ask with(String id, Set<String> aspects) {
        Map<String, Set<String>> more = new LinkedHashMap<>(listed);
        more.put(id, aspects);
        return new Ask(line, group, method, path, body, headers, likeness, more);
    }

    @Override
    public String toString() {
        String shown = body == null ? "" : " " + (body.length() > 80 ? body.substring(0, 80) + "…" : body);
        return line + ": " + method + " " + path + (headers.isEmpty() ? "" : " " + headers) + shown;
    }
}
