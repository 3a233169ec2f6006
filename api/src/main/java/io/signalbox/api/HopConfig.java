package io.signalbox.api;

import io.signalbox.api.http.Listener;
import io.signalbox.api.http.TlsSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.state.HostInfo;

/** Reads how replicas reach each other. Half a setting is refused: what was meant to be closed would be open. */
final class HopConfig {

    private final SignalboxConfig config;

    HopConfig(SignalboxConfig config) {
        this.config = config;
    }

    /**
     * @return where the others come in, and nobody else; null where they come in like everybody
     * @throws ConfigException naming the setting that is missing or wrong
     */
    Listener listener() {
        int port = config.getInt(SignalboxConfig.INTERNAL_PORT);
        var tls = tls();
        return port < 0
                ? null
                : new Listener(
                        SignalboxConfig.INTERNAL_PORT, config.getString(SignalboxConfig.INTERNAL_HOST), port, tls);
    }

    /**
     * @return null for without TLS
     * @throws ConfigException as {@link #listener}
     */
    TlsSettings tls() {
        if (text(SignalboxConfig.INTERNAL_KEY_STORE).isEmpty()
                && text(SignalboxConfig.INTERNAL_TRUST_STORE).isEmpty()) {
            return null;
        }
        if (config.getInt(SignalboxConfig.INTERNAL_PORT) < 0) {
            throw new ConfigException(SignalboxConfig.INTERNAL_PORT
                    + " is missing: replicas that ask each other with TLS listen there for it");
        }
        var files = new TlsFiles(config);
        return new TlsSettings(
                files.keys(SignalboxConfig.INTERNAL_KEY_STORE, SignalboxConfig.INTERNAL_KEY_STORE_PASSWORD),
                files.password(SignalboxConfig.INTERNAL_KEY_STORE_PASSWORD),
                files.certificates(SignalboxConfig.INTERNAL_TRUST_STORE, SignalboxConfig.INTERNAL_TRUST_STORE_PASSWORD),
                files.password(SignalboxConfig.INTERNAL_TRUST_STORE_PASSWORD),
                TlsSettings.Clients.valueOf(
                        text(SignalboxConfig.INTERNAL_CLIENT_AUTH).toUpperCase(Locale.ROOT)));
    }

    /**
     * @return where the others reach this one
     * @throws ConfigException when that is not where it listens for them, as far as that can be seen from here
     */
    HostInfo address() {
        boolean own = config.getInt(SignalboxConfig.INTERNAL_PORT) >= 0;
        var url = text(SignalboxConfig.ADVERTISED_URL);
        if (!url.isEmpty()) {
            return advertised(url, tls() == null ? "http" : "https");
        }
        if (!own) {
            return new HostInfo(text(SignalboxConfig.HTTP_HOST), config.getInt(SignalboxConfig.HTTP_PORT));
        }
        var host = text(SignalboxConfig.INTERNAL_HOST);
        if (wildcard(host)) {
            throw new ConfigException(SignalboxConfig.ADVERTISED_URL + " is missing: " + SignalboxConfig.INTERNAL_HOST
                    + " is " + host + ", which is no address where others could reach this one");
        }
        return new HostInfo(host, config.getInt(SignalboxConfig.INTERNAL_PORT));
    }

    private static HostInfo advertised(String url, String scheme) {
        try {
            var uri = new URI(url);
            if (uri.getHost() != null && uri.getPort() >= 0 && scheme.equalsIgnoreCase(uri.getScheme())) {
                return new HostInfo(uri.getHost(), uri.getPort());
            }
        } catch (URISyntaxException e) {
            throw new ConfigException(SignalboxConfig.ADVERTISED_URL, url, "must be " + scheme + "://host:port");
        }
        throw new ConfigException(
                SignalboxConfig.ADVERTISED_URL,
                url,
                "must be " + scheme + "://host:port, because replicas ask each other "
                        + (scheme.equals("http") ? "without TLS unless " : "with TLS where ")
                        + SignalboxConfig.INTERNAL_KEY_STORE + " is set");
    }

    private static boolean wildcard(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress();
        } catch (UnknownHostException e) {
            throw new ConfigException(SignalboxConfig.INTERNAL_HOST + ": there is no such address");
        }
    }

    private String text(String setting) {
        return config.getString(setting).strip();
    }
}
