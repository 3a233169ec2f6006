package io.signalbox.api.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** All that somebody may do. What no grant gives is denied. */
public record Grants(List<Grant> all) {

    public static final Grants NONE = new Grants(List.of());
    public static final Grants EVERYTHING = new Grants(List.of(Grant.EVERYTHING));

    public Grants {
        all = List.copyOf(all);
    }

    /** @throws IllegalArgumentException as {@link Grant#parse} */
    public static Grants parse(Collection<String> texts) {
        return new Grants(texts.stream().map(Grant::parse).toList());
    }

    /** What is no grant of ours, such as one of a later release, gives nothing. */
    static Grants known(Collection<?> texts) {
        return new Grants(texts.stream()
                .flatMap(text -> Grant.find(String.valueOf(text)).stream())
                .toList());
    }

    /** @param text grants with white space or commas between */
    public static Grants parse(String text) {
        return parse(Arrays.stream(text.split("[\\s,]+"))
                .filter(grant -> !grant.isEmpty())
                .toList());
    }

    /** Whether the role holds for all of the place. */
    public boolean may(Role role, Place place) {
        for (Grant grant : all) {
            if (grant.role().includes(role) && grant.covers(place)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the role holds for something of the place. */
    public boolean maySomewhere(Role role, Place place) {
        for (Grant grant : all) {
            if (grant.role().includes(role) && grant.touches(place)) {
                return true;
            }
        }
        return false;
    }
}
