package io.signalbox.api.access;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A role and where it holds. As text: {@code viewer}, {@code editor:prod}, {@code operator:prod/orders},
 * {@code editor:prod/orders/team-*}, the last for connectors whose names begin so.
 *
 * @param environment null for all
 * @param cluster null for all of the environment
 * @param prefix of connectors' names; null for all of the cluster
 */
public record Grant(Role role, String environment, String cluster, String prefix) {

    public static final Grant EVERYTHING = new Grant(Role.ADMIN, null, null, null);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int LONGEST_PREFIX = 255;

    /** @throws IllegalArgumentException when it is none; the message says what to write instead */
    public static Grant parse(String text) {
        String[] parts = text.split(":", 2);
        var role = Role.of(parts[0]).orElseThrow(() -> illegal("begin with one of viewer, operator, editor and admin"));
        if (parts.length == 1) {
            return new Grant(role, null, null, null);
        }
        String[] place = parts[1].split("/", 3);
        return new Grant(
                role,
                name(place[0]),
                place.length < 2 ? null : name(place[1]),
                place.length < 3 ? null : prefix(place[2]));
    }

    /** @return empty when the text is none */
    static Optional<Grant> find(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw illegal("name an environment, or an environment and a cluster, behind the colon");
        }
        return text;
    }

    private static String prefix(String text) {
        boolean bounded = text.length() >= 2 && text.length() <= LONGEST_PREFIX + 1;
        if (!bounded || !text.endsWith("*") || text.chars().anyMatch(Character::isISOControl)) {
            throw illegal("end the beginning of connectors' names with an asterisk");
        }
        return text.substring(0, text.length() - 1);
    }

    private static IllegalArgumentException illegal(String instead) {
        return new IllegalArgumentException("Illegal grant: " + instead
                + ", as in viewer, editor:prod, operator:prod/orders, editor:prod/orders/team-*");
    }

    /** Whether it holds for all of the place. */
    boolean covers(Place place) {
        return environment == null
                || environment.equals(place.environment())
                        && (cluster == null
                                || cluster.equals(place.cluster())
                                        && (prefix == null
                                                || place.connector() != null
                                                        && place.connector().startsWith(prefix)));
    }

    /** Whether it holds for something of the place. */
    boolean touches(Place place) {
        return meet(environment, place.environment())
                && meet(cluster, place.cluster())
                && (prefix == null
                        || place.connector() == null
                        || place.connector().startsWith(prefix));
    }

    private static boolean meet(String granted, String asked) {
        return granted == null || asked == null || granted.equals(asked);
    }

    @Override
    public String toString() {
        var text = new StringBuilder(role.word());
        if (environment != null) {
            text.append(':').append(environment);
        }
        if (cluster != null) {
            text.append('/').append(cluster);
        }
        return prefix == null
                ? text.toString()
                : text.append('/').append(prefix).append('*').toString();
    }
}
