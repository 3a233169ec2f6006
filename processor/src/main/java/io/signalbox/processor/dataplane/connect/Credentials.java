package io.signalbox.processor.dataplane.connect;

import io.signalbox.processor.dataplane.DriverException;
import io.signalbox.processor.domain.ClusterSpec;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * HTTP basic authentication with a password that is a reference, resolved here and now by Kafka's own config providers.
 * What it resolves to is kept until a worker rejects it, and is never printed.
 */
final class Credentials {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):[^}]+}");

    private final String username;
    private final String reference;
    private volatile String header;

    Credentials(ClusterSpec spec) {
        username = spec.username();
        reference = spec.password();
    }

    /**
     * @return the value of the Authorization header; null when the cluster needs none
     * @throws DriverException if the reference leads nowhere on this replica
     */
    String header() {
        if (username != null && header == null) {
            header = "Basic "
                    + Base64.getEncoder()
                            .encodeToString((username + ":" + password()).getBytes(StandardCharsets.UTF_8));
        }
        return header;
    }

    /** The password may have been changed where the reference leads: look again. */
    void forget() {
        header = null;
    }

    private String password() {
        if (reference == null) {
            return "";
        }
        if (!REFERENCE.matcher(reference).matches()) {
            throw unresolved(
                    "The cluster's password is not a reference of the form ${env:NAME} or ${file:/path:key}", null);
        }
        try {
            var transformer = new ConfigTransformer(Map.of(
                    "env", configured(new EnvVarConfigProvider()), "file", configured(new FileConfigProvider())));
            String password =
                    transformer.transform(Map.of("password", reference)).data().get("password");
            if (password == null || password.equals(reference)) {
                throw unresolved("The cluster's password " + reference + " does not exist on this replica", null);
            }
            return password;
        } catch (ConfigException e) {
            throw unresolved("The cluster's password " + reference + " cannot be read on this replica", e);
        }
    }

    private static ConfigProvider configured(ConfigProvider provider) {
        provider.configure(Map.of());
        return provider;
    }

    private static DriverException unresolved(String message, Throwable cause) {
        return new DriverException(DriverException.Kind.BROKEN, 0, null, message, cause);
    }
}
