package io.signalbox.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.api.access.AccessKeys;
import io.signalbox.api.access.AdminKey;
import io.signalbox.api.access.CertificateGrants;
import io.signalbox.api.access.FailedTries;
import io.signalbox.api.access.KeyVerifier;
import io.signalbox.api.access.TokenVerifier;
import io.signalbox.api.http.Authentication;
import io.signalbox.api.http.Guard;
import io.signalbox.api.http.SameMachine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides by the settings whether callers have to say who they are, and how they can. */
final class Doorkeeper {

    private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);

    private final SignalboxConfig config;

    Doorkeeper(SignalboxConfig config) {
        this.config = config;
    }

    /** @throws ConfigException when a setting is wrong, or others than this machine could come in unasked; before anything begins */
    void check() {
        if (asks()) {
            adminKey();
            certificates();
            tokens(Clock.systemUTC(), new SecureRandom());
        } else if (open() != null) {
            throw new ConfigException(open() + " is " + config.getString(open())
                    + ", which others than this machine can reach, and nobody would be asked who he is: set "
                    + SignalboxConfig.ADMIN_KEY_FILE + " or another of access.*, or listen on 127.0.0.1");
        }
    }

    /** @param metrics counts who is sent away because he failed too often */
    Guard guard(AccessKeys keys, SecureRandom random, MeterRegistry metrics) {
        if (!asks()) {
            LOG.warn(
                    "access=off reason=\"nothing of access.* is set\": EVERYBODY ON THIS MACHINE CAN CHANGE EVERYTHING HERE");
            return new SameMachine(names());
        }
        return new Authentication(
                new KeyVerifier(keys, adminKey(), random),
                tokens(Clock.systemUTC(), random),
                certificates(),
                new FailedTries(new LimitsConfig(config).failures(), metrics));
    }

    private Set<String> names() {
        return config.getList(SignalboxConfig.HTTP_NAMES).stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @return null when no issuer is set */
    private TokenVerifier tokens(InstantSource clock, SecureRandom random) {
        var settings = new TokenConfig(config).read();
        if (settings == null) {
            return null;
        }
        try {
            return new TokenVerifier(settings, clock, random);
        } catch (IOException e) {
            throw new ConfigException(SignalboxConfig.JWT_KEYS_FILE + " or " + SignalboxConfig.JWT_KEYS_URL
                    + ": cannot read the issuer's keys: " + e.getMessage());
        }
    }

    private boolean asks() {
        return config.getBoolean(SignalboxConfig.ACCESS_ENABLED)
                || !config.getString(SignalboxConfig.ADMIN_KEY_FILE).isEmpty()
                || !config.getString(SignalboxConfig.CERTIFICATES_FILE).isEmpty()
                || new TokenConfig(config).read() != null;
    }

    /** @return null when none is set */
    private AdminKey adminKey() {
        var file = config.getString(SignalboxConfig.ADMIN_KEY_FILE);
        if (file.isEmpty()) {
            return null;
        }
        try {
            return AdminKey.parse(Files.readString(Path.of(file)).strip());
        } catch (IOException e) {
            throw new ConfigException(SignalboxConfig.ADMIN_KEY_FILE + ": cannot read " + file);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(SignalboxConfig.ADMIN_KEY_FILE + ": " + file + " " + e.getMessage());
        }
    }

    /** @return the setting by which others than this machine can come in; null for none */
    private String open() {
        if (!loopback(SignalboxConfig.HTTP_HOST)) {
            return SignalboxConfig.HTTP_HOST;
        }
        boolean tls = config.getInt(SignalboxConfig.HTTPS_PORT) >= 0;
        return tls && !loopback(SignalboxConfig.HTTPS_HOST) ? SignalboxConfig.HTTPS_HOST : null;
    }

    private boolean loopback(String setting) {
        try {
            return InetAddress.getByName(config.getString(setting)).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new ConfigException(setting + ": there is no such address");
        }
    }

    /** @return null when callers are not known by certificates */
    private CertificateGrants certificates() {
        var file = config.getString(SignalboxConfig.CERTIFICATES_FILE);
        if (file.isEmpty()) {
            return null;
        }
        try {
            return CertificateGrants.read(Path.of(file));
        } catch (IOException e) {
            throw new ConfigException(SignalboxConfig.CERTIFICATES_FILE + ": cannot read " + file);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(SignalboxConfig.CERTIFICATES_FILE + ": " + file + ", " + e.getMessage());
        }
    }
}
