package io.signalbox.api.http;

/**
 * Where the server listens, and to how many.
 *
 * @param host the address to bind; null for all
 * @param port 0 for any free one
 * @param requests how many are answered at once; who comes then is told to come again
 */
public record HttpSettings(String host, int port, int requests) {}
