package io.signalbox.api.http;

/**
 * Who one is for the other side of a connection with TLS, and whom one takes it for.
 *
 * @param keyStore file with the own key and certificate, PKCS #12
 * @param trustStore file with the certificates of those who sign the other side's, PKCS #12; null where it shows none
 * @param clients whether a server asks its callers for a certificate
 */
public record TlsSettings(
        String keyStore, String keyStorePassword, String trustStore, String trustStorePassword, Clients clients) {

    /** Whether a caller needs a certificate. */
    public enum Clients {
        NONE,
        WANT,
        NEED
    }

    @Override
    public String toString() {
        return "TlsSettings[" + keyStore + " " + clients + "]";
    }
}
