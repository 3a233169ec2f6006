package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.TargetState;

/** One change on a data plane that brings a connector nearer to what is desired. Each may be done twice. */
enum Step {
    CREATE("create") {
        @Override
        void run(Driver driver, ConnectorState desired, Config config) {
            driver.create(desired.key().connector(), config, desired.targetState());
        }
    },
    PUT_CONFIG("put-config") {
        @Override
        void run(Driver driver, ConnectorState desired, Config config) {
            driver.putConfig(desired.key().connector(), config);
        }
    },
    PAUSE("pause") {
        @Override
        void run(Driver driver, ConnectorState desired, Config config) {
            driver.pause(desired.key().connector());
        }
    },
    RESUME("resume") {
        @Override
        void run(Driver driver, ConnectorState desired, Config config) {
            driver.resume(desired.key().connector());
        }
    },
    STOP("stop") {
        @Override
        void run(Driver driver, ConnectorState desired, Config config) {
            driver.stop(desired.key().connector());
        }
    };

    private final String action;

    Step(String action) {
        this.action = action;
    }

    String action() {
        return action;
    }

    boolean writesConfig() {
        return this == CREATE || this == PUT_CONFIG;
    }

    /** @param config the desired one with its secrets opened; null for a step that writes none */
    abstract void run(Driver driver, ConnectorState desired, Config config);

    static Step towards(TargetState target) {
        return switch (target) {
            case RUNNING -> RESUME;
            case PAUSED -> PAUSE;
            case STOPPED -> STOP;
        };
    }
}
