package io.signalbox.standalone.bench;

import java.util.OptionalDouble;

/**
 * One line of the tables.
 *
 * @param id what promises and plots call it
 * @param work what was done, for people
 * @param headline by what the sides are compared
 * @param worker Kafka Connect's own REST API, or by hand; empty where there is nothing of it to compare with
 * @param limit what cannot be beaten on the same machine; empty where none is known
 */
record Row(String section, String id, String work, Metric headline, Figures worker, Figures ours, Figures limit) {

    /** The same, with what is known of requests that come at this rate. */
    Row paced(double perSecond, Figures byWorker, Figures byUs, Figures byLimit) {
        return new Row(
                section,
                id,
                work + "; paced: " + Metric.number(perSecond) + " a second",
                headline,
                byWorker,
                byUs,
                byLimit);
    }

    /** How many times better we are than the worker: above 1 is better, whatever is compared. */
    OptionalDouble toWorker() {
        return quotient(worker);
    }

    /** Which part of the limit we reach: 1 is the limit itself, whatever is compared. */
    OptionalDouble toLimit() {
        return quotient(limit);
    }

    /** Empty where one of the two was not measured, or was too short to be. */
    private OptionalDouble quotient(Figures other) {
        if (!other.has(headline) || !ours.has(headline)) {
            return OptionalDouble.empty();
        }
        double mine = ours.get(headline);
        double theirs = other.get(headline);
        double better = headline.moreIsBetter() ? mine / theirs : theirs / mine;
        return Double.isFinite(better) ? OptionalDouble.of(better) : OptionalDouble.empty();
    }
}
