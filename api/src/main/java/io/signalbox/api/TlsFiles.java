package io.signalbox.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import org.apache.kafka.common.config.ConfigException;

/** The files that TLS needs. They are opened before anything begins, so that what is wrong with one is told by its setting. */
final class TlsFiles {

    private static final String TYPE = "PKCS12";

    private final SignalboxConfig config;

    TlsFiles(SignalboxConfig config) {
        this.config = config;
    }

    String password(String setting) {
        return config.getPassword(setting).value();
    }

    /**
     * @return the file, which holds a key
     * @throws ConfigException naming the setting that is missing or wrong
     */
    String keys(String setting, String password) {
        var store = open(setting, password);
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)
                        && store.getKey(alias, password(password).toCharArray()) != null) {
                    return config.getString(setting);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new ConfigException(password + " does not open the key in " + config.getString(setting));
        }
        throw new ConfigException(setting + ": " + config.getString(setting) + " holds no key");
    }

    /**
     * @return the file, which holds certificates to trust
     * @throws ConfigException naming the setting that is missing or wrong
     */
    String certificates(String setting, String password) {
        var store = open(setting, password);
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isCertificateEntry(alias)) {
                    return config.getString(setting);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key store that is open cannot be read", e);
        }
        throw new ConfigException(setting + ": " + config.getString(setting) + " holds no certificate to trust");
    }

    private KeyStore open(String setting, String password) {
        var file = config.getString(setting);
        if (file.isEmpty()) {
            throw new ConfigException(setting + " is missing: TLS needs it");
        }
        if (!Files.isReadable(Path.of(file))) {
            throw new ConfigException(setting + ": cannot read " + file);
        }
        try (var in = Files.newInputStream(Path.of(file))) {
            var store = KeyStore.getInstance(TYPE);
            store.load(in, password(password).toCharArray());
            return store;
        } catch (IOException e) {
            throw new ConfigException(
                    e.getCause() instanceof UnrecoverableKeyException
                            ? password + " does not open " + file
                            : setting + ": " + file + " is not PKCS #12");
        } catch (GeneralSecurityException e) {
            throw new ConfigException(setting + ": " + file + " cannot be used: " + e.getMessage());
        }
    }
}
