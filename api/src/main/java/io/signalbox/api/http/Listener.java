package io.signalbox.api.http;

/**
 * One address that the server listens on.
 *
 * @param setting names its port, for who has to choose another one
 * @param host the address to bind; null for all
 * @param port 0 for any free one
 * @param tls null for without TLS
 */
public record Listener(String setting, String host, int port, TlsSettings tls) {}
