package io.signalbox.processor.domain;

/**
 * What stands for a value of a config where even a sealed one would be too much: short, and keyed, so that nobody without the
 * key can confirm a guess.
 */
@FunctionalInterface
public interface Fingerprint {

    /** @return eight hexadecimal digits: equal for equal values of one setting of one incarnation, and of nothing else */
    String of(String uid, String name, String value);
}
