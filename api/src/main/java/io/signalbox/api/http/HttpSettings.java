package io.signalbox.api.http;

/**
 * Where the server listens.
 *
 * @param host the address to bind; null for all
 * @param port 0 for any free one
 */
public record HttpSettings(String host, int port) {}
