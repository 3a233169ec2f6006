package io.signalbox.api.explain;

/**
 * One thing that is so, in words for whoever is on call.
 *
 * @param says a sentence
 * @param todo what helps; null when there is nothing to be done
 * @param rootCause the line of a worker's words that says what is wrong; null where there is none
 */
public record Finding(Situation situation, String says, String todo, String rootCause) {

    static Finding of(Situation situation, String says, String todo) {
        return new Finding(situation, says, todo, null);
    }
}
