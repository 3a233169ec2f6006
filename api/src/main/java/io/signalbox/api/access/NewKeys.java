package io.signalbox.api.access;

import io.signalbox.processor.domain.AccessKeyId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Makes what a new access key consists of. */
public final class NewKeys {

    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;

    /** @param secret to be told to whoever asked for it, and to be forgotten */
    public record NewKey(AccessKeyId id, String secret, String hash) {
        @Override
        public String toString() {
            return "NewKey[" + id.id() + "]";
        }
    }

    private final SecureRandom random;
    private final SecretHash hashes;

    public NewKeys(SecureRandom random, SecretHash hashes) {
        this.random = random;
        this.hashes = hashes;
    }

    /**
     * @param commandId what the id follows from, so that a request that comes again means the same key; the secret is a new one
     *     each time
     */
    public NewKey make(String commandId) {
        byte[] digest = Fingerprints.sha256().digest(commandId.getBytes(StandardCharsets.UTF_8));
        var id = HexFormat.of().withUpperCase().formatHex(Arrays.copyOf(digest, ID_BYTES));
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new NewKey(new AccessKeyId(id), secret, hashes.hash(secret));
    }
}
