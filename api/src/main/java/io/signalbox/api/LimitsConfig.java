package io.signalbox.api;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;

import io.signalbox.api.http.HttpSettings;
import org.apache.kafka.common.config.ConfigDef;

/** Settings of how much callers may ask of one replica, and make it say. */
final class LimitsConfig {

    static final String REQUESTS = "http.max.requests";
    static final String RATE = "http.requests.per.second";
    static final String READ_LINES = "log.reads.per.second";
    static final String FAILURES = "access.failures.per.minute";

    private final SignalboxConfig config;

    LimitsConfig(SignalboxConfig config) {
        this.config = config;
    }

    static void define(ConfigDef all) {
        all.define(
                        REQUESTS,
                        INT,
                        1_000,
                        between(1, 100_000),
                        MEDIUM,
                        "How many requests are answered at once, streams of events among them; who comes then gets 503 and"
                                + " Retry-After.")
                .define(
                        RATE,
                        INT,
                        200,
                        between(0, 1_000_000),
                        MEDIUM,
                        "How many requests a second one caller may make of this replica, with those of ten seconds at once;"
                                + " beyond it he gets 429 and Retry-After. 0 for no limit.")
                .define(
                        FAILURES,
                        INT,
                        60,
                        between(0, 1_000_000),
                        MEDIUM,
                        "How many times a minute one address may fail to prove who it is; beyond it gets 429 and Retry-After"
                                + " unless its credentials are known to be good. 0 for no limit.")
                .define(
                        READ_LINES,
                        INT,
                        HttpSettings.READ_LINES,
                        between(0, 1_000_000),
                        LOW,
                        "How many lines of the log a second reads that went well may have; what is left out is counted, and"
                                + " said by the next line. Changes, failures, and who was shown a secret always have theirs.");
    }

    /** How many requests are answered at once. */
    int requests() {
        return config.getInt(REQUESTS);
    }

    /** How many requests a second a caller may make; 0 for as many as he likes. */
    int rate() {
        return config.getInt(RATE);
    }

    /** How many lines of the log a second reads that went well may have. */
    int readLines() {
        return config.getInt(READ_LINES);
    }

    /** How many times a minute an address may fail to prove who it is; 0 for as often as it likes. */
    int failures() {
        return config.getInt(FAILURES);
    }
}
