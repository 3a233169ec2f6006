package io.signalbox.api.dialect.supermetal.model;

/**
 * Something that a definition asks for and does not get quite so.
 *
 * @param pointer of the field
 * @param fate approximated or refused, with a sentence about it
 */
public record Gap(String pointer, Fate fate) {}
