package io.signalbox.processor.domain;

/** How a refusal for want of places is worded: the limit, what is taken, and what can be done by whom. */
public final class QuotaWords {

    private QuotaWords() {}

    static String connectors(int limit, int used) {
        return "is limited to " + number(limit, "connector") + ", and has " + used;
    }

    static String tasks(int limit, long used, long wanted) {
        return "is limited to " + number(limit, "task") + " (the sum of tasks.max), and has " + used + "; this needs "
                + wanted + " more";
    }

    static String refusal(String environment, String what, boolean connectors) {
        return "Environment " + environment + " " + what + ". "
                + (connectors ? "Delete a connector" : "Lower tasks.max, here or of another connector")
                + ", or have an admin of the environment raise its quota (/signalbox/v1/environments/" + environment
                + "/quota)";
    }

    private static String number(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
