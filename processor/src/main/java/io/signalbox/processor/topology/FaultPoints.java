package io.signalbox.processor.topology;

/** Named points of a command's life at which a test may let the process die. */
@FunctionalInterface
public interface FaultPoints {

    /** After it was read from the log, before it is decided. */
    String AFTER_PRODUCE = "after-produce";

    /** After its events are appended and its stores are written, before anybody is told. */
    String BEFORE_ANSWER = "before-commit";

    /** After the outcome was handed over, before the transaction commits. */
    String AFTER_ANSWER = "after-answer";

    FaultPoints NONE = (point, commandId) -> {};

    void reached(String point, String commandId);
}
