package io.signalbox.api.dialect.supermetal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * A pair of Ed25519 keys in OpenSSH's forms: that of PROTOCOL.key without a passphrase, and the line of an
 * {@code authorized_keys} file (RFC 8709).
 *
 * @param privateKey in text form, with a line end behind each of its lines
 * @param publicKey one line without its end
 */
record SshKeys(String privateKey, String publicKey) {

    private static final String TYPE = "ssh-ed25519";

    /** Both kinds of raw key; in the JDK's forms they stand at the end. */
    private static final int RAW = 32;

    private static final int LINE = 70;
    private static final int BLOCK = 8;

    static SshKeys generate(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(255, random);
            var pair = generator.generateKeyPair();
            return of(
                    last(pair.getPrivate().getEncoded()), last(pair.getPublic().getEncoded()), random.nextInt());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has Ed25519", e);
        }
    }

    private static SshKeys of(byte[] seed, byte[] point, int check) {
        byte[] shown = strings(TYPE.getBytes(StandardCharsets.US_ASCII), point);
        byte[] secret = new ByteArray()
                .number(check)
                .number(check)
                .bytes(shown)
                .string(ByteBuffer.allocate(2 * RAW).put(seed).put(point).array())
                .string(new byte[0])
                .padded()
                .get();
        byte[] whole = new ByteArray()
                .bytes("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII))
                .string("none".getBytes(StandardCharsets.US_ASCII))
                .string("none".getBytes(StandardCharsets.US_ASCII))
                .string(new byte[0])
                .number(1)
                .string(shown)
                .string(secret)
                .get();
        String lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(whole);
        return new SshKeys(
                "-----BEGIN OPENSSH PRIVATE KEY-----\n" + lines + "\n-----END OPENSSH PRIVATE KEY-----\n",
                TYPE + " " + Base64.getEncoder().encodeToString(shown));
    }

    private static byte[] last(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - RAW, encoded.length);
    }

    private static byte[] strings(byte[]... parts) {
        var all = new ByteArray();
        for (byte[] part : parts) {
            all.string(part);
        }
        return all.get();
    }

    /** The types of SSH's messages (RFC 4251, section 5). */
    private static final class ByteArray {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        ByteArray number(int number) {
            return bytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
        }

        ByteArray string(byte[] bytes) {
            return number(bytes.length).bytes(bytes);
        }

        ByteArray bytes(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        ByteArray padded() {
            for (int i = 1; out.size() % BLOCK != 0; i++) {
                out.write(i);
            }
            return this;
        }

        byte[] get() {
            return out.toByteArray();
        }
    }

    @Override
    public String toString() {
        return "SshKeys[" + publicKey + "]";
    }
}
