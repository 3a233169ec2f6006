package io.signalbox.api.dialect.supermetal.mapping;

/** How a connection to PostgreSQL is encrypted, in libpq's words (PostgreSQL's manual, SSL support). */
final class PostgresSsl {

    /** A class of pgjdbc that trusts what its JVM trusts; the usual one reads a file of the worker's user. */
    static final String OF_THE_JVM = "org.postgresql.ssl.DefaultJavaSSLFactory";

    private PostgresSsl() {}

    static String mode(Tree connection) {
        return switch (connection.text("ssl_mode")) {
            case "Disable" -> "disable";
            case "Require" -> "require";
            case "VerifyCa" -> "verify-ca";
            case "VerifyFull" -> "verify-full";
            default -> "prefer";
        };
    }

    static boolean verifies(String mode) {
        return mode.startsWith("verify");
    }
}
