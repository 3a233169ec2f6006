package io.signalbox.processor.secrets;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.daead.DeterministicAeadConfig;
import com.google.crypto.tink.daead.PredefinedDeterministicAeadParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Key sets in files, as Tink writes them in JSON: in clear and for the eyes of their owner only, or encrypted with a key that
 * a key management service keeps.
 */
public final class KeySets {

    private static final byte[] NO_ASSOCIATED_DATA = {};
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    static final Configuration TINK;

    static {
        try {
            DeterministicAeadConfig.register();
            AeadConfig.register();
            TINK = RegistryConfiguration.get();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeySets() {}

    /**
     * @param kmsUri of the key with which the file is encrypted; empty when it is in clear
     * @throws KeySetException naming the file and what is wrong with it
     */
    public static Sealer load(Path file, String kmsUri) {
        return new Sealer(kmsUri.isEmpty() ? inClear(file) : encrypted(file, kmsUri));
    }

    /** A sealer with a key of its own that nobody else has, and that is gone with the process. */
    public static Sealer fresh() {
        return new Sealer(generate());
    }

    /**
     * Makes a key set with one new key. It is there whole, or not at all.
     *
     * @throws FileAlreadyExistsException rather than overwrite one
     */
    public static void create(Path file) throws IOException {
        write(file, generate(), made -> link(made, file));
    }

    private static void link(Path made, Path file) throws IOException {
        try {
            Files.createLink(file, made);
        } catch (UnsupportedOperationException e) {
            Files.move(made, file);
        }
    }

    /** Adds a new key that opens, and does not seal yet. Returns its id. */
    public static String add(Path file) throws IOException {
        var keys = inClear(file);
        var builder = copy(keys, keys.getPrimary().getId());
        var added = builder.addEntry(
                KeysetHandle.generateEntryFromParameters(PredefinedDeterministicAeadParameters.AES256_SIV)
                        .withRandomId());
        var grown = build(added);
        replace(file, grown);
        return Integer.toUnsignedString(grown.getAt(grown.size() - 1).getId());
    }

    /**
     * Makes the key that was added last the one that seals. Returns its id.
     *
     * @throws KeySetException when somebody disabled that key
     */
    public static String promote(Path file) throws IOException {
        var keys = inClear(file);
        var newest = keys.getAt(keys.size() - 1);
        String id = Integer.toUnsignedString(newest.getId());
        if (newest.getStatus() != KeyStatus.ENABLED) {
            throw new KeySetException("key " + id + " of " + file
                    + ", which was added last, is not enabled: enable it, or add another one");
        }
        replace(file, build(copy(keys, newest.getId())));
        return id;
    }

    private static KeysetHandle.Builder copy(KeysetHandle keys, int primary) {
        var builder = KeysetHandle.newBuilder();
        for (int i = 0; i < keys.size(); i++) {
            var entry = keys.getAt(i);
            var copied = KeysetHandle.importKey(entry.getKey())
                    .withFixedId(entry.getId())
                    .setStatus(entry.getStatus());
            builder.addEntry(entry.getId() == primary ? copied.makePrimary() : copied);
        }
        return builder;
    }

    private static KeysetHandle build(KeysetHandle.Builder builder) {
        try {
            return builder.build();
        } catch (GeneralSecurityException e) {
            throw new KeySetException("the key set cannot be changed: " + e.getMessage());
        }
    }

    /**
     * Whoever reads it meanwhile sees the one or the other, whole. Who may read it stays as it was: a replica often runs as
     * another user than who rotates its keys.
     */
    private static void replace(Path file, KeysetHandle keys) throws IOException {
        Path there = file.toRealPath();
        var before = Files.readAttributes(there, PosixFileAttributes.class);
        write(there, keys, next -> {
            var view = Files.getFileAttributeView(next, PosixFileAttributeView.class);
            var now = view.readAttributes();
            if (!now.group().equals(before.group())) {
                view.setGroup(before.group());
            }
            view.setPermissions(before.permissions());
            if (!now.owner().equals(before.owner())) {
                view.setOwner(before.owner());
            }
            Files.move(next, there, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    private interface Placing {
        void place(Path written) throws IOException;
    }

    /** Beside the file first, for the eyes of its owner only; nothing of it is left there when it is in its place, or cannot be. */
    private static void write(Path file, KeysetHandle keys, Placing placing) throws IOException {
        Path written = Files.createTempFile(file.toAbsolutePath().getParent(), "keyset", ".new", OWNER_ONLY);
        try {
            Files.writeString(written, json(keys), StandardCharsets.UTF_8);
            placing.place(written);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static KeysetHandle generate() {
        try {
            return KeysetHandle.generateNew(PredefinedDeterministicAeadParameters.AES256_SIV, TINK);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String json(KeysetHandle keys) {
        try {
            return TinkJsonProtoKeysetFormat.serializeKeyset(keys, TINK, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The cause of what fails is left out everywhere: it may quote the file. */
    private static KeysetHandle inClear(Path file) {
        String text = read(file);
        try {
            return TinkJsonProtoKeysetFormat.parseKeyset(text, TINK, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new KeySetException(file + " is no key set in clear, as Tink writes them in JSON");
        }
    }

    private static KeysetHandle encrypted(Path file, String uri) {
        Aead kms = kms(uri);
        String text = read(file);
        try {
            return TinkJsonProtoKeysetFormat.parseEncryptedKeyset(text, kms, NO_ASSOCIATED_DATA, TINK);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new KeySetException(file + " cannot be decrypted: it is no key set that is encrypted with " + uri
                    + ", or the service cannot be reached or does not allow it ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    private static Aead kms(String uri) {
        KmsClient client = clients().stream()
                .filter(each -> each.doesSupport(uri))
                .findFirst()
                .orElseThrow(() -> new KeySetException("no KMS client on the class path is for " + uri
                        + ": add the jars of one, such as com.google.crypto.tink:tink-awskms or tink-gcpkms"));
        try {
            return client.withDefaultCredentials().getAead(uri);
        } catch (GeneralSecurityException e) {
            throw new KeySetException("the KMS client for " + uri + " cannot be used: " + e.getMessage());
        }
    }

    /** Those of the class path, in their order. Tink's own list of them holds on to what it has seen. */
    private static List<KmsClient> clients() {
        List<KmsClient> found = new ArrayList<>();
        ServiceLoader.load(KmsClient.class).forEach(found::add);
        return found;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new KeySetException("cannot read " + file);
        }
    }
}
