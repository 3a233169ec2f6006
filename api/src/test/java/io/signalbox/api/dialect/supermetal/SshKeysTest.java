package io.signalbox.api.dialect.supermetal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The keys are read as OpenSSH's PROTOCOL.key says, and belong together. */
class SshKeysTest {

    @Test
    void both_keys_are_in_openssh_forms_and_belong_together() throws Exception {
        var keys = SshKeys.generate(new SecureRandom());
        assertThat(keys.privateKey())
                .startsWith("-----BEGIN OPENSSH PRIVATE KEY-----\n")
                .endsWith("\n-----END OPENSSH PRIVATE KEY-----\n");
        assertThat(keys.privateKey().lines()).allMatch(line -> line.length() <= 70);
        String body = keys.privateKey().replaceAll("-----[^-]+-----|\n", "");
        var in =
                new DataInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(body)));
        assertThat(new String(in.readNBytes(15), StandardCharsets.US_ASCII)).isEqualTo("openssh-key-v1\0");
        assertThat(text(in)).isEqualTo("none");
        assertThat(text(in)).isEqualTo("none");
        assertThat(text(in)).isEmpty();
        assertThat(in.readInt()).isEqualTo(1);
        byte[] shown = string(in);
        byte[] secret = string(in);
        assertThat(in.read()).isEqualTo(-1);
        assertThat(keys.publicKey())
                .isEqualTo("ssh-ed25519 " + Base64.getEncoder().encodeToString(shown));

        assertThat(secret.length % 8).isZero();
        var inner = new DataInputStream(new ByteArrayInputStream(secret));
        assertThat(inner.readInt()).isEqualTo(inner.readInt());
        assertThat(text(inner)).isEqualTo("ssh-ed25519");
        byte[] point = string(inner);
        byte[] both = string(inner);
        assertThat(both).hasSize(64).endsWith(point);
        assertThat(text(inner)).isEmpty();
        for (int i = 1; inner.available() > 0; i++) {
            assertThat(inner.read()).isEqualTo(i);
        }
        assertThat(signed(java.util.Arrays.copyOf(both, 32), point)).isTrue();
    }

    @Test
    void each_pair_is_another_one_and_is_not_printed() {
        var random = new SecureRandom();
        var one = SshKeys.generate(random);
        assertThat(one.privateKey()).isNotEqualTo(SshKeys.generate(random).privateKey());
        assertThat(one.toString()).doesNotContain("PRIVATE");
    }

    private static boolean signed(byte[] seed, byte[] point) throws GeneralSecurityException {
        var factory = KeyFactory.getInstance("Ed25519");
        var signing = Signature.getInstance("Ed25519");
        signing.initSign(factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
        signing.update("text".getBytes(StandardCharsets.UTF_8));
        byte[] signature = signing.sign();
        // The point's y, the lowest byte first; the highest bit is the sign of x (RFC 8032, section 5.1.2).
        byte[] y = new byte[32];
        for (int i = 0; i < 32; i++) {
            y[i] = point[31 - i];
        }
        boolean odd = (y[0] & 0x80) != 0;
        y[0] &= 0x7f;
        var checking = Signature.getInstance("Ed25519");
        checking.initVerify(factory.generatePublic(
                new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, y)))));
        checking.update("text".getBytes(StandardCharsets.UTF_8));
        return checking.verify(signature);
    }

    private static byte[] string(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(string(in), StandardCharsets.US_ASCII);
    }
}
