package io.signalbox.api;

import io.signalbox.api.http.Listener;
import io.signalbox.api.http.TlsSettings;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;

/** Reads where and how the server listens with TLS. */
final class TlsConfig {

    private final SignalboxConfig config;

    TlsConfig(SignalboxConfig config) {
        this.config = config;
    }

    /**
     * @return null for nowhere
     * @throws ConfigException naming the setting that is missing or wrong
     */
    Listener read() {
        int port = config.getInt(SignalboxConfig.HTTPS_PORT);
        if (port < 0) {
            return null;
        }
        var files = new TlsFiles(config);
        var clients = TlsSettings.Clients.valueOf(
                config.getString(SignalboxConfig.CLIENT_AUTH).toUpperCase(Locale.ROOT));
        var tls = new TlsSettings(
                files.keys(SignalboxConfig.KEY_STORE, SignalboxConfig.KEY_STORE_PASSWORD),
                files.password(SignalboxConfig.KEY_STORE_PASSWORD),
                clients == TlsSettings.Clients.NONE
                        ? null
                        : files.certificates(SignalboxConfig.TRUST_STORE, SignalboxConfig.TRUST_STORE_PASSWORD),
                files.password(SignalboxConfig.TRUST_STORE_PASSWORD),
                clients);
        return new Listener(SignalboxConfig.HTTPS_PORT, config.getString(SignalboxConfig.HTTPS_HOST), port, tls);
    }
}
