package io.signalbox.schemas;

import java.util.function.Function;

/** How a type that stands as a string is written, by {@code toString}, and read back. */
public record TextForm<T>(Function<String, T> parse) {}
