package io.signalbox.api.http;

import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Makes the connector that speaks TLS, and may ask callers for a certificate. */
final class TlsConnector {

    private static final int LONGEST_SESSION_S = 600;

    private TlsConnector() {}

    static ServerConnector of(Server server, HttpConfiguration http, TlsSettings tls) {
        var secure = new HttpConfiguration(http);
        // Which name a caller used to get here means nothing: there is one server.
        secure.addCustomizer(new SecureRequestCustomizer(false));
        return new ServerConnector(
                server, new SslConnectionFactory(context(tls), "http/1.1"), new HttpConnectionFactory(secure));
    }

    private static SslContextFactory.Server context(TlsSettings tls) {
        var context = new SslContextFactory.Server();
        context.setKeyStorePath(tls.keyStore());
        context.setKeyStoreType("PKCS12");
        context.setKeyStorePassword(tls.keyStorePassword());
        context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        // Who resumes one is not looked at again.
        context.setSslSessionTimeout(LONGEST_SESSION_S);
        if (tls.trustStore() != null) {
            context.setTrustStorePath(tls.trustStore());
            context.setTrustStoreType("PKCS12");
            context.setTrustStorePassword(tls.trustStorePassword());
        }
        context.setNeedClientAuth(tls.clients() == TlsSettings.Clients.NEED);
        context.setWantClientAuth(tls.clients() == TlsSettings.Clients.WANT);
        return context;
    }
}
