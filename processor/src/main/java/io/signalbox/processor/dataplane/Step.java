package io.signalbox.processor.dataplane;

import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.TargetState;

/** One change on a data plane that brings a connector nearer to what is desired. Each may be done twice. */
enum Step {
    CREATE("create") {
        @Override
        void run(Driver driver, ConnectorState desired) {
            driver.create(desired.key().connector(), desired.config(), desired.targetState());
        }
    },
    PUT_CONFIG("put-config") {
        @Override
        void run(Driver driver, ConnectorState desired) {
            driver.putConfig(desired.key().connector(), desired.config());
        }
    },
    PAUSE("pause") {
        @Override
        void run(Driver driver, ConnectorState desired) {
            driver.pause(desired.key().connector());
        }
    },
    RESUME("resume") {
        @Override
        void run(Driver driver, ConnectorState desired) {
            driver.resume(desired.key().connector());
        }
    },
    STOP("stop") {
        @Override
        void run(Driver driver, ConnectorState desired) {
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

    abstract void run(Driver driver, ConnectorState desired);

    static Step towards(TargetState target) {
        return switch (target) {
            case RUNNING -> RESUME;
            case PAUSED -> PAUSE;
            case STOPPED -> STOP;
        };
    }
}
