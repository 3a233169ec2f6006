package io.signalbox.processor.dataplane.systems;

import java.time.Instant;
import java.util.List;

/**
 * One thing that was tried at a database, and what came of it.
 *
 * @param endedAt when the result was known; of what was skipped the same as {@code startedAt}
 */
public record Check(Test test, Result result, Instant startedAt, Instant endedAt) {

    /** What was tried. */
    public sealed interface Test {

        /** Whether the host has an address. */
        record DnsResolution() implements Test {}

        /** Whether somebody listens at its port. */
        record Reachability() implements Test {}

        /** Whether it speaks the database's protocol. */
        record Connection() implements Test {}

        record Authentication() implements Test {}

        record Tls() implements Test {}

        /** @param version as the server says it; null when it did not */
        record ServerInfo(String version) implements Test {}

        /**
         * A right that the user needs.
         *
         * @param suggestions what somebody can do about it who may, often as SQL; not empty when it failed
         */
        record Permission(String name, String description, List<String> suggestions) implements Test {}

        /** A setting of the server, or how something is made in it; as {@link Permission}. */
        record Setup(String name, String description, List<String> suggestions) implements Test {}
    }

    public sealed interface Result {

        record Success() implements Result {}

        /** @param reason for people */
        record Failed(String reason) implements Result {}

        /** It works, but not as one may expect. */
        record Warn(String reason) implements Result {}

        record Skipped(String reason) implements Result {}
    }
}
