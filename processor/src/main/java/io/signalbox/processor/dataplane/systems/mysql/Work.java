package io.signalbox.processor.dataplane.systems.mysql;

import io.signalbox.processor.dataplane.systems.Session;
import java.sql.SQLException;
import java.time.Duration;

/** Something that is done at a server, by one connection of its own. */
interface Work<T> {

    /** For all of it. */
    Duration LIMIT = Duration.ofSeconds(15);

    T of(Session session) throws SQLException;

    /** @throws io.signalbox.processor.dataplane.systems.SystemException for whatever went wrong */
    static <T> T at(Address address, Work<T> work) {
        try (Session session = Connecting.open(address, LIMIT)) {
            return work.of(session);
        } catch (SQLException e) {
            throw Trouble.of(e, address);
        }
    }
}
