package io.signalbox.processor.secrets;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;

/**
 * A key management service in memory: one key, for all URIs that begin with {@code fake-kms://}, but for
 * {@code fake-kms://away}, where nobody answers.
 */
public final class FakeKms implements KmsClient {

    private static final Aead KEY = key();
    private static final Aead AWAY = new Aead() {
        @Override
        public byte[] encrypt(byte[] plaintext, byte[] associated) {
            throw new IllegalStateException("no route to host");
        }

        @Override
        public byte[] decrypt(byte[] ciphertext, byte[] associated) {
            throw new IllegalStateException("no route to host");
        }
    };

    static Aead key() {
        try {
            AeadConfig.register();
            return KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get())
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean doesSupport(String uri) {
        return uri.startsWith("fake-kms://");
    }

    @Override
    public KmsClient withCredentials(String path) {
        return this;
    }

    @Override
    public KmsClient withDefaultCredentials() {
        return this;
    }

    @Override
    public Aead getAead(String uri) {
        return uri.equals("fake-kms://away") ? AWAY : KEY;
    }
}
