package io.signalbox.processor.domain;

/**
 * One status of a pipeline as its history keeps it.
 *
 * @param id of the event
 * @param runId null for what was before the first run
 */
public record PipelineMoment(String id, String runId, PipelineStatus status) {}
