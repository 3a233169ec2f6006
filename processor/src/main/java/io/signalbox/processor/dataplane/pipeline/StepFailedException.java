package io.signalbox.processor.dataplane.pipeline;

import io.signalbox.processor.domain.PipelineStatus.Component;

/** Something that a pipeline needs was not done. It is tried again, and told. */
final class StepFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Component component;
    private final boolean lasting;

    /**
     * @param reason for people; secrets are taken out of it before it is told
     * @param lasting whether asking again is of no use until somebody changes something
     */
    StepFailedException(Component component, String reason, boolean lasting) {
        super(reason);
        this.component = component;
        this.lasting = lasting;
    }

    Component component() {
        return component;
    }

    boolean lasting() {
        return lasting;
    }
}
