package io.signalbox.processor.dataplane.pipeline;

/** The process that looked at a pipeline is no more. Nothing catches it. */
final class Killed extends Error {

    private static final long serialVersionUID = 1L;
}
