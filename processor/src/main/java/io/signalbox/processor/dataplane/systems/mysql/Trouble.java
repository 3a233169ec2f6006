package io.signalbox.processor.dataplane.systems.mysql;

import io.signalbox.processor.dataplane.systems.GuardedSockets;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.SystemException.Kind;
import io.signalbox.processor.secrets.Redactor;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;

/** What a failure of the driver or the server means (MySQL's and MariaDB's error codes, which are the same here). */
final class Trouble {

    static final int NO_DATABASE = 1049;

    private static final int NOT_THIS_HOST = 1130;

    /** Connections used up; a lock that is not had, or in each other's way; on its way down. */
    private static final Set<Integer> NOT_NOW = Set.of(1040, 1203, 1205, 1213, 1053);

    /** What the driver says of a server that offers none. */
    private static final String NO_TLS = "ssl not enabled";

    private Trouble() {}

    static SystemException of(SQLException e, Address address) {
        return new SystemException(kind(e), address + ": " + words(e, address));
    }

    /** The user, the password (class 28), or who may come from where. */
    static boolean isCredentials(SQLException e) {
        return state(e).startsWith("28") || e.getErrorCode() == NOT_THIS_HOST;
    }

    static boolean isWithoutTls(SQLException e) {
        return e.getMessage() != null && e.getMessage().contains(NO_TLS);
    }

    static boolean isTls(Throwable e) {
        return e instanceof SSLException || (e.getCause() != null && isTls(e.getCause()));
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
        if (NOT_NOW.contains(e.getErrorCode())) {
            return Kind.BUSY;
        }
        boolean away = state(e).startsWith("08") && !isWithoutTls(e) && !isTls(e);
        return away && GuardedSockets.forbidden(e).isEmpty() ? Kind.UNREACHABLE : Kind.REFUSED;
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }
}
