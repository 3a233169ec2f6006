package io.signalbox.processor.dataplane.systems.postgres;

import io.signalbox.processor.dataplane.systems.GuardedSockets;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.SystemException.Kind;
import io.signalbox.processor.secrets.Redactor;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** What a failure of the driver or the server means (PostgreSQL's error codes, appendix A of its manual). */
final class Trouble {

    static final String NO_SUCH_OBJECT = "42704";
    static final String EXISTS_ALREADY = "42710";
    static final String SCHEMA_EXISTS = "42P06";
    static final String NOT_UNIQUE = "23505";
    static final String IN_USE = "55006";
    static final String NOT_ALLOWED = "42501";
    static final String NO_TLS = "08004";

    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "57P05");

    /** Locked, in use, cancelled, in each other's way; or read-only, as a server is before it takes over. */
    private static final Set<String> NOT_NOW = Set.of("55006", "55P03", "57014", "40001", "40P01", "25006");

    /** Connections, memory, disk. */
    private static final String USED_UP = "53";

    private static final String CONNECTION = "08";

    private Trouble() {}

    static SystemException of(SQLException e, Address address) {
        return new SystemException(kind(e), address + ": " + words(e, address));
    }

    static boolean is(SQLException e, String... states) {
        return List.of(states).contains(e.getSQLState());
    }

    static boolean isConnection(SQLException e) {
        return state(e).startsWith(CONNECTION) || AWAY.contains(state(e));
    }

    /** The user, the password, or who may come from where (class 28); or a database that is not there. */
    static boolean isCredentials(SQLException e) {
        return state(e).startsWith("28");
    }

    /** Without what the server may have been told in confidence. */
    static String words(SQLException e, Address address) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof UnknownHostException) {
                return "its name is not known";
            }
        }
        String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String message = GuardedSockets.forbidden(e).orElse(said);
        return SystemException.bounded(Redactor.of(List.of(address.password())).redact(message));
    }

    private static Kind kind(SQLException e) {
        if (isConnection(e)) {
            return GuardedSockets.forbidden(e).isPresent() ? Kind.REFUSED : Kind.UNREACHABLE;
        }
        return NOT_NOW.contains(state(e)) || state(e).startsWith(USED_UP) ? Kind.BUSY : Kind.REFUSED;
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }
}
