package io.signalbox.processor.dataplane.systems.mysql;

import io.signalbox.processor.dataplane.systems.TableName;

/** Names of others in SQL text, where no parameter can be. */
final class Sql {

    private Sql() {}

    static String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    static String quoted(TableName name) {
        return quoted(name.schema()) + "." + quoted(name.table());
    }

    /** @param account as {@code current_user()} tells it: user, an at sign, host */
    static String account(String account) {
        int at = account.lastIndexOf('@');
        return at < 0 ? text(account) : text(account.substring(0, at)) + "@" + text(account.substring(at + 1));
    }

    private static String text(String text) {
        return '\'' + text.replace("\\", "\\\\").replace("'", "''") + '\'';
    }
}
