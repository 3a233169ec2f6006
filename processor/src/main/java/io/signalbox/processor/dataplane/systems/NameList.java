package io.signalbox.processor.dataplane.systems;

import java.util.List;
import java.util.stream.Collectors;

/** Names of things in a database as they are told to people: not more of them than somebody reads. */
public final class NameList {

    /** What is left out is counted. */
    public static final int MOST = 20;

    private NameList() {}

    /** @param names of any length; each as its {@code toString} */
    public static String of(List<?> names) {
        String first = names.stream().limit(MOST).map(Object::toString).collect(Collectors.joining(", "));
        return names.size() <= MOST ? first : first + " and " + (names.size() - MOST) + " more";
    }
}
