package io.signalbox.api.explain;

import io.signalbox.processor.dataplane.Outlook;

/** What the reconciler does next and when, as a sentence. */
final class Next {

    private Next() {}

    static String says(Facts facts) {
        var found = facts.outlook();
        return found.outlook()
                .map(outlook -> says(outlook))
                .orElseGet(() -> "It is not known what comes next: " + found.whyUnknown() + ".");
    }

    private static String says(Outlook outlook) {
        return switch (outlook.doing()) {
            case WORKING ->
                outlook.failures() == 0
                        ? "The reconciler is at work on it just now."
                        : "The reconciler is at work on it just now, after " + outlook.failures()
                                + " attempts that failed.";
            case RETRYING ->
                "The reconciler tries again in " + seconds(outlook.nextInMs()) + ": " + outlook.failures()
                        + " attempts have failed, and it waits longer after each, up to "
                        + seconds(outlook.longestMs()) + ".";
            case REFUSED ->
                "The reconciler asks again in " + seconds(outlook.nextInMs()) + ", and at once when another config is"
                        + " asked for.";
            case CHECKING ->
                "The reconciler has done all, and looks in " + seconds(outlook.nextInMs())
                        + " whether the log has its report.";
            case WAITING ->
                outlook.lookInMs() == null
                        ? "The reconciler waits for the cluster to be registered."
                        : "The reconciler waits for the cluster, and looks again in " + seconds(outlook.lookInMs())
                                + "; then it goes on at once.";
            case RESTING ->
                outlook.lookInMs() == null
                        ? "The reconciler has nothing to do."
                        : "The reconciler has nothing to do, and looks at the cluster again in "
                                + seconds(outlook.lookInMs()) + ".";
        };
    }

    private static String seconds(long ms) {
        return ms / 1_000 + "." + ms % 1_000 / 100 + " s";
    }
}
