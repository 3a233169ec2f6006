package io.signalbox.processor.dataplane.systems.mysql;

import java.util.Map;

/** How encryption is asked for: Debezium's source for MySQL has other words for it than the one for MariaDB, and its driver. */
final class Tls {

    static final String SETTING = "database.ssl.mode";

    /** If the server offers it; there is no such word for MariaDB. */
    static final String PREFERRED = "preferred";

    static final String OFF = "disable";
    static final String ON = "trust";

    private static final Map<String, String> OF_MARIADB =
            Map.of("disabled", OFF, "required", ON, "verify_ca", "verify-ca", "verify_identity", "verify-full");

    private Tls() {}

    /**
     * @param mode in MySQL's words
     * @param offered whether the server encrypts if it is asked to
     */
    static String ofMariaDb(String mode, boolean offered) {
        return OF_MARIADB.getOrDefault(mode, offered ? ON : OFF);
    }

    /** @param mode in the words of either; those of neither stay as they are */
    static String ofMySql(String mode) {
        return OF_MARIADB.entrySet().stream()
                .filter(each -> each.getValue().equals(mode))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(mode);
    }
}
