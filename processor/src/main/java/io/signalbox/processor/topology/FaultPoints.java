package io.signalbox.processor.topology;

/** Named points of a command's life at which a test may let the process die. */
@FunctionalInterface
public interface FaultPoints {

    /** After it was read from the log, before it is decided. */
    String AFTER_PRODUCE = "after-produce";

    /** After its stores are written, before anybody is told and before its events are appended. */
    String BEFORE_ANSWER = "before-answer";

    /** After the outcome was handed over and the events and the table are appended, before the transaction commits. */
    String APPENDED = "appended";

    FaultPoints NONE = (point, commandId) -> {};

    void reached(String point, String commandId);
}
