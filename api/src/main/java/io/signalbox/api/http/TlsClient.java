package io.signalbox.api.http;

import javax.net.ssl.SSLContext;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The other end of {@link TlsConnector}: for a server that asks another one like itself. */
public final class TlsClient {

    private TlsClient() {}

    /**
     * Shows the own certificate to who asks for one. Who makes the connection has to check the name on the other's.
     *
     * @throws IllegalStateException when a file cannot be read, or its password is wrong
     */
    public static SSLContext of(TlsSettings tls) {
        var context = new SslContextFactory.Client();
        context.setKeyStorePath(tls.keyStore());
        context.setKeyStoreType("PKCS12");
        context.setKeyStorePassword(tls.keyStorePassword());
        context.setTrustStorePath(tls.trustStore());
        context.setTrustStoreType("PKCS12");
        context.setTrustStorePassword(tls.trustStorePassword());
        try {
            context.start();
        } catch (Exception e) {
            throw new IllegalStateException("TLS cannot be used: " + e.getMessage(), e);
        }
        return context.getSslContext();
    }
}
