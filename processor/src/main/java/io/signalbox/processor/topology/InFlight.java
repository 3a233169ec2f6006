package io.signalbox.processor.topology;

import io.signalbox.processor.domain.ConnectorState;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Commands about connectors that this process sent to one partition, that the log has, and that the processor may not have done yet:
 * one after the other, with nothing between them. What is before each of them is therefore known, and none has a say in what becomes of another
 * connector's. Safe for use by many threads.
 */
final class InFlight {

    /** Who sends faster than the processor can do is held up by it. */
    static final int MOST = 16;

    /** Follows on nothing. */
    private static final long NOWHERE = -1;

    private static final class Command {

        private final long offset;
        private final String key;

        /** What somebody was told of; null as long as nobody was, and for what changes nothing. */
        private volatile ConnectorState told;

        Command(long offset, String key) {
            this.offset = offset;
            this.key = key;
        }
    }

    /** In the order of the log. Looked at by everybody, changed under the lock of this object. */
    private final Queue<Command> commands = new ConcurrentLinkedQueue<>();

    private long end = NOWHERE;

    /**
     * To be called in the order of the log.
     *
     * @param first whether all that is before it is done
     * @return false when it does not follow on what is here, or there are too many
     */
    synchronized boolean add(long offset, String key, boolean first) {
        if (first) {
            commands.clear();
        } else if (end != offset || commands.size() >= MOST) {
            return false;
        }
        commands.add(new Command(offset, key));
        end = offset + 1;
        return true;
    }

    /** Whether it is here, and no other command about its connector is to be done before it. */
    boolean isAlone(long offset, String key) {
        for (Command command : commands) {
            if (command.key.equals(key)) {
                return command.offset == offset;
            }
        }
        return false;
    }

    /** Somebody is about to be told of the state after this command, if it is not done by now. */
    void tell(long offset, ConnectorState after) {
        for (Command command : commands) {
            if (command.offset == offset) {
                command.told = after;
            }
        }
    }

    /** What is before this offset is done. */
    void done(long next) {
        if (commands.isEmpty()) {
            return;
        }
        synchronized (this) {
            for (var oldest = commands.peek(); oldest != null && oldest.offset < next; oldest = commands.peek()) {
                commands.remove();
            }
        }
    }

    /**
     * @param from the offset of the first command that the stores lack
     * @return a state that somebody was told of and the stores lack; empty when there is none like that
     */
    Optional<ConnectorState> owed(long from, Predicate<ConnectorState> which) {
        for (Command command : commands) {
            var told = command.told;
            if (told != null && command.offset >= from && which.test(told)) {
                return Optional.of(told);
            }
        }
        return Optional.empty();
    }

    /** @return whether these stores have, of every connector of which somebody was told, what he was told or what came after it */
    boolean isIn(ReadOnlyKeyValueStore<String, ConnectorState> connectors) {
        for (Command command : commands) {
            var told = command.told;
            if (told != null) {
                var there = connectors.get(command.key);
                if (there == null || there.revision() < told.revision()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** @return the offset after the last command of which somebody was told; 0 when there is none */
    long owedUpTo() {
        long last = 0;
        for (Command command : commands) {
            if (command.told != null) {
                last = command.offset + 1;
            }
        }
        return last;
    }
}
