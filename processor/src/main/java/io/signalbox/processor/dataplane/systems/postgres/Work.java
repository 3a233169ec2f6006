package io.signalbox.processor.dataplane.systems.postgres;

import io.signalbox.processor.dataplane.systems.Session;
import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.dataplane.systems.SystemException.Kind;
import java.sql.SQLException;
import java.time.Duration;

/** Something that is done at a server, by one connection of its own. */
interface Work<T> {

    /** For all of it. */
    Duration LIMIT = Duration.ofSeconds(15);

    T of(Session session) throws SQLException, InterruptedException;

    /** @throws SystemException for whatever went wrong */
    static <T> T at(Address address, Work<T> work) {
        try (Session session = Connecting.open(address, LIMIT)) {
            return work.of(session);
        } catch (SQLException e) {
            throw Trouble.of(e, address);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SystemException(Kind.UNREACHABLE, address + ": broken off");
        } catch (IllegalArgumentException e) {
            throw new SystemException(Kind.REFUSED, address + ": " + e.getMessage());
        }
    }
}
