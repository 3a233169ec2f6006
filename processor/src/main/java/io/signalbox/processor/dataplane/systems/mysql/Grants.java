package io.signalbox.processor.dataplane.systems.mysql;

import io.signalbox.processor.dataplane.systems.Session;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the user may do, as {@code SHOW GRANTS} tells it.
 *
 * @param everywhere rights on the whole server
 * @param somewhere rights on a database at least, those everywhere among them
 * @param byRoles whether he has roles, whose rights may not be told
 */
record Grants(Set<String> everywhere, Set<String> somewhere, boolean byRoles) {

    private static final Pattern GRANT = Pattern.compile("GRANT (?<rights>.+?) ON (?<where>.+?) TO .*");
    private static final Pattern ROLE = Pattern.compile("GRANT [`'\"].*");
    private static final String ALL = "ALL PRIVILEGES";

    static Grants of(Session session) throws SQLException {
        return of(session.list("show grants", row -> row.getString(1)));
    }

    static Grants of(List<String> lines) {
        return new Grants(
                lines.stream()
                        .map(GRANT::matcher)
                        .filter(Matcher::matches)
                        .filter(grant -> grant.group("where").equals("*.*"))
                        .flatMap(grant -> Arrays.stream(rights(grant)))
                        .collect(Collectors.toSet()),
                lines.stream()
                        .map(GRANT::matcher)
                        .filter(Matcher::matches)
                        .filter(grant -> grant.group("where").endsWith(".*"))
                        .flatMap(grant -> Arrays.stream(rights(grant)))
                        .collect(Collectors.toSet()),
                lines.stream().anyMatch(line -> ROLE.matcher(line).matches()));
    }

    private static String[] rights(Matcher grant) {
        return grant.group("rights").toUpperCase(Locale.ROOT).split(",\\s*");
    }

    /** @param names of rights, one of which is enough */
    boolean everywhere(String... names) {
        return has(everywhere, names);
    }

    /** On any database. */
    boolean somewhere(String... names) {
        return has(somewhere, names);
    }

    private static boolean has(Set<String> rights, String... names) {
        return rights.contains(ALL) || Arrays.stream(names).anyMatch(rights::contains);
    }
}
