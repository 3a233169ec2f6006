package io.signalbox.api.explain;

import java.util.List;

/**
 * Why a connector is as it is.
 *
 * @param findings what is so, the one that matters first; at least one
 * @param next what the reconciler does next and when, or that it is not known and why
 */
public record Explanation(List<Finding> findings, String next) {

    public Explanation {
        findings = List.copyOf(findings);
    }

    /** The one that matters. */
    public Finding first() {
        return findings.getFirst();
    }
}
