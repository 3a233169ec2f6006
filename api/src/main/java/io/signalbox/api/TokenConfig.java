package io.signalbox.api;

import com.nimbusds.jose.JWSAlgorithm;
import io.signalbox.api.access.TokenSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;

/** Reads whose tokens are taken. Half a setting is refused: it would let in others than was meant. */
final class TokenConfig {

    /** With their keys nobody can sign who can only verify. */
    private static final Set<JWSAlgorithm> ASYMMETRIC = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}|\\[::1]|localhost");

    private final SignalboxConfig config;

    TokenConfig(SignalboxConfig config) {
        this.config = config;
    }

    /** @return null when no tokens are taken */
    TokenSettings read() {
        String issuer = text(SignalboxConfig.JWT_ISSUER);
        String audience = text(SignalboxConfig.JWT_AUDIENCE);
        String url = text(SignalboxConfig.JWT_KEYS_URL);
        String file = text(SignalboxConfig.JWT_KEYS_FILE);
        if (issuer.isEmpty() && audience.isEmpty() && url.isEmpty() && file.isEmpty()) {
            return null;
        }
        if (issuer.isEmpty() || audience.isEmpty() || url.isEmpty() == file.isEmpty()) {
            throw new ConfigException("Tokens need " + SignalboxConfig.JWT_ISSUER + ", " + SignalboxConfig.JWT_AUDIENCE
                    + " and one of " + SignalboxConfig.JWT_KEYS_URL + " and " + SignalboxConfig.JWT_KEYS_FILE);
        }
        return new TokenSettings(
                issuer,
                audience,
                url.isEmpty() ? null : url(url),
                file.isEmpty() ? null : Path.of(file),
                algorithms(),
                text(SignalboxConfig.JWT_GRANTS_CLAIM));
    }

    private Set<JWSAlgorithm> algorithms() {
        Set<JWSAlgorithm> algorithms = new HashSet<>();
        for (String name : config.getList(SignalboxConfig.JWT_ALGORITHMS)) {
            var algorithm = JWSAlgorithm.parse(name.strip());
            if (!ASYMMETRIC.contains(algorithm)) {
                throw new ConfigException(SignalboxConfig.JWT_ALGORITHMS + ": " + name
                        + " is none of RS256 to RS512, PS256 to PS512 and ES256 to ES512");
            }
            algorithms.add(algorithm);
        }
        if (algorithms.isEmpty()) {
            throw new ConfigException(SignalboxConfig.JWT_ALGORITHMS + " must not be empty");
        }
        return algorithms;
    }

    private static URI url(String text) {
        try {
            var uri = new URI(text);
            boolean https = "https".equals(uri.getScheme());
            if (uri.getHost() != null && (https || ("http".equals(uri.getScheme()) && onThisMachine(uri.getHost())))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new ConfigException(SignalboxConfig.JWT_KEYS_URL + ": not a URL");
        }
        // Whoever could answer in the issuer's place could let in anybody.
        throw new ConfigException(SignalboxConfig.JWT_KEYS_URL
                + ": must be a URL with https and a host; http only to this machine, by its address");
    }

    private static boolean onThisMachine(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    private String text(String setting) {
        return config.getString(setting).strip();
    }
}
