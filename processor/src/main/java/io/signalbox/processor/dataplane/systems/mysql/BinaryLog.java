package io.signalbox.processor.dataplane.systems.mysql;

import io.signalbox.processor.dataplane.systems.Check.Test.Setup;
import io.signalbox.processor.dataplane.systems.Session;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How a server writes the log that changes are read from: each setting that has to be so (Debezium's reference). */
enum BinaryLog {
    LOG_BIN("ON", "The server writes a binary log.", "Start the server with log_bin."),
    BINLOG_FORMAT("ROW", "The log has rows, not statements.", "SET GLOBAL binlog_format = 'ROW'"),
    BINLOG_ROW_IMAGE("FULL", "The log has all columns of a row.", "SET GLOBAL binlog_row_image = 'FULL'"),
    SERVER_ID(null, "The server has a number, as the log needs it.", "SET GLOBAL server_id = 1");

    /** Null for anything but zero. */
    private final String wanted;

    private final String description;
    private final String help;

    BinaryLog(String wanted, String description, String help) {
        this.wanted = wanted;
        this.description = description;
        this.help = help;
    }

    Setup test() {
        return new Setup(setting(), description, List.of(help));
    }

    /**
     * @param settings of {@link #settings}; one that a version does not have is as it should be there
     * @return empty when it is as it should be
     */
    Optional<String> wrong(Map<String, String> settings) {
        String is = settings.get(setting());
        if (is == null || (wanted == null ? !is.equals("0") : is.equalsIgnoreCase(wanted))) {
            return Optional.empty();
        }
        return Optional.of(setting() + " is " + is + (wanted == null ? "" : ", not " + wanted));
    }

    static Map<String, String> settings(Session session) throws SQLException {
        Map<String, String> settings = new HashMap<>();
        session.list(
                        "show global variables where variable_name in"
                                + " ('log_bin', 'binlog_format', 'binlog_row_image', 'server_id')",
                        row -> Map.entry(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2)))
                .forEach(each -> settings.put(each.getKey(), each.getValue()));
        return settings;
    }

    private String setting() {
        return name().toLowerCase(Locale.ROOT);
    }
}
