package io.signalbox.api.access;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;

/**
 * Whose tokens are good.
 *
 * @param issuer as it stands in {@code iss}
 * @param audience one of those in {@code aud}
 * @param keysUrl where the issuer publishes its keys (RFC 7517); null when they are in a file
 * @param keysFile null when they are at a URL
 * @param algorithms by which a token may be signed; none of them with a secret that both sides know
 * @param grantsClaim the claim that holds grants: an array of texts, or one text with spaces between
 */
public record TokenSettings(
        String issuer, String audience, URI keysUrl, Path keysFile, Set<JWSAlgorithm> algorithms, String grantsClaim) {

    public TokenSettings {
        algorithms = Set.copyOf(algorithms);
    }
}
