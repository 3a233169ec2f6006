package io.signalbox.api;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;
import static org.apache.kafka.common.config.ConfigDef.ValidString.in;

import io.signalbox.api.dialect.redpanda.Bodies;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;

/** What of the dialect of Redpanda can be set. */
final class RedpandaConfig {

    static final String RESPONSES = "redpanda.responses";

    private RedpandaConfig() {}

    static void define(ConfigDef definition) {
        definition.define(
                RESPONSES,
                STRING,
                "documented",
                in("documented", "console"),
                LOW,
                "How bodies of Redpanda's API look: as its documents have them, or as its Console answers.");
    }

    static Bodies bodies(SignalboxConfig config) {
        return Bodies.valueOf(config.getString(RESPONSES).toUpperCase(Locale.ROOT));
    }
}
