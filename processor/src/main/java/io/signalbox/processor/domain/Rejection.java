package io.signalbox.processor.domain;

/** A command refused: nothing changed. */
public record Rejection(RejectionCode code, String message) {}
