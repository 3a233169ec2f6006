package io.signalbox.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates that a test makes for itself, as PKCS #12 files of one directory. */
public final class Certificates {

    public static final String PASSWORD = "of-this-test-only";

    private final Path directory;

    public Certificates(Path directory) {
        this.directory = directory;
    }

    /** Of a key or of a collection. */
    public String file(String name) {
        return directory.resolve(name + ".p12").toString();
    }

    /**
     * A key that signs itself.
     *
     * @param hosts where it is good for a server, as in {@code ip:127.0.0.1,dns:localhost}; null for nowhere
     */
    public Certificates key(String name, String subject, String hosts) throws IOException, InterruptedException {
        return make(name, subject, hosts == null ? List.of() : List.of("-ext", "san=" + hosts));
    }

    /** One that was good until yesterday. */
    public Certificates expired(String name, String subject) throws IOException, InterruptedException {
        return make(name, subject, List.of("-startdate", "-3d"));
    }

    private Certificates make(String name, String subject, List<String> more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                subject,
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file(name)));
        command.addAll(more);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return this;
    }

    /** Collects the certificates of these keys, and not the keys. */
    public Certificates trust(String name, String... keys) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (String key : keys) {
            store.setCertificateEntry(key, load(key).getCertificate(key));
        }
        try (var out = Files.newOutputStream(Path.of(file(name)))) {
            store.store(out, PASSWORD.toCharArray());
        }
        return this;
    }

    public TlsSettings settings(String key, String trust, TlsSettings.Clients clients) {
        return new TlsSettings(file(key), PASSWORD, file(trust), PASSWORD, clients);
    }

    /**
     * For either side of a connection.
     *
     * @param key null for none
     */
    public SSLContext context(String key, String trust) throws IOException, GeneralSecurityException {
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(load(trust));
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(key == null ? null : load(key), PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    public X509Certificate certificate(String name) throws IOException, GeneralSecurityException {
        return (X509Certificate) load(name).getCertificate(name);
    }

    private KeyStore load(String name) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(Path.of(file(name)))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }
}
