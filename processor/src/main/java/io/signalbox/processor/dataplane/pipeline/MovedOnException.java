package io.signalbox.processor.dataplane.pipeline;

/** Something else is wanted of a pipeline than when this look at it began: it is looked at again, before more is done. */
final class MovedOnException extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
