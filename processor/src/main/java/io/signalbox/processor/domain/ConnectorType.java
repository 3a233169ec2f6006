package io.signalbox.processor.domain;

/** Source, sink, or not known because nobody could be asked yet. */
public enum ConnectorType {
    SOURCE,
    SINK,
    UNKNOWN
}
