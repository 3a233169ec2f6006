package io.signalbox.processor.secrets;

import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.ConnectorKey;
import io.signalbox.processor.domain.Fingerprint;
import io.signalbox.processor.domain.Mask;
import io.signalbox.processor.domain.Sealed;
import io.signalbox.processor.domain.SecretId;
import io.signalbox.processor.domain.SecretRule;
import io.signalbox.processor.domain.StoredSecret;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Seals secrets, and opens them again: Tink's deterministic AEAD (AES-SIV). Each is bound to its connector and setting, or to the
 * id under which it is stored, so that a sealed text opens nowhere else, and equal secrets of one setting have equal texts, so that whoever compares needs no
 * key. The primary key seals, all enabled keys of the set open. Safe for use by many threads.
 */
public final class Sealer {

    private static final int FINGERPRINT_BYTES = 4;

    private final DeterministicAead aead;
    private final String primary;
    private final Set<String> enabled = new LinkedHashSet<>();
    /** Enabled, and before the primary one in the key set: what they sealed is to be sealed anew. */
    private final Set<String> outdated = new HashSet<>();

    /** @throws KeySetException when the keys are of another kind */
    Sealer(KeysetHandle keys) {
        try {
            aead = keys.getPrimitive(KeySets.TINK, DeterministicAead.class);
        } catch (GeneralSecurityException e) {
            throw new KeySetException("the key set holds no keys for deterministic AEAD (AES256_SIV)");
        }
        primary = Integer.toUnsignedString(keys.getPrimary().getId());
        boolean earlier = true;
        for (int i = 0; i < keys.size(); i++) {
            String id = Integer.toUnsignedString(keys.getAt(i).getId());
            earlier &= !id.equals(primary);
            if (keys.getAt(i).getStatus() == KeyStatus.ENABLED) {
                enabled.add(id);
                if (earlier) {
                    outdated.add(id);
                }
            }
        }
    }

    /** The id of the key that seals, as it stands in the key set. */
    public String primaryKeyId() {
        return primary;
    }

    /** The ids of the keys that open, in the order of the key set. */
    public List<String> keyIds() {
        return List.copyOf(enabled);
    }

    /**
     * Whether a config has a secret that is to be sealed anew: one that is sealed with a key from before the primary one. A later
     * key is left alone, so that replicas that do not have the newest file yet do not undo what the others do.
     */
    public boolean outdated(Config config) {
        return !outdated.isEmpty() && config.values().values().stream().anyMatch(this::outdated);
    }

    private boolean outdated(String text) {
        return Sealed.is(text) && Sealed.keyId(text).filter(outdated::contains).isPresent();
    }

    /** @return those settings that are {@link #outdated(Config)} and open, sealed with the primary key */
    public Config resealed(ConnectorKey connector, Config config) {
        Map<String, String> renewed = new TreeMap<>();
        config.values().forEach((name, text) -> {
            if (outdated(text)) {
                openable(connector, name, text).ifPresent(secret -> renewed.put(name, seal(connector, name, secret)));
            }
        });
        return Config.of(renewed);
    }

    public String seal(ConnectorKey connector, String name, String secret) {
        return sealed(secret, bound(connector, name));
    }

    /** What is to be stored under that id. */
    public String seal(SecretId id, String data) {
        return sealed(data, bound(id));
    }

    private String sealed(String secret, byte[] associated) {
        return Sealed.text(
                primary, Base64.getUrlEncoder().withoutPadding().encodeToString(encrypt(secret, associated)));
    }

    /** @throws UnopenableException when its key is not in the key set, or it was not sealed for this id */
    public String open(SecretId id, String text) {
        return open("The stored secret \"" + id.id() + "\" of cluster " + id.clusterKey(), text, bound(id), "id");
    }

    /** @return empty where {@link #open(SecretId, String)} throws */
    public Optional<String> openable(SecretId id, String text) {
        try {
            return Optional.of(open(id, text));
        } catch (UnopenableException e) {
            return Optional.empty();
        }
    }

    /** As {@link #outdated(Config)}, of what is and was kept under an id. */
    public boolean outdated(StoredSecret secret) {
        return !outdated.isEmpty() && texts(secret).anyMatch(this::outdated);
    }

    /** @return by each text that is {@link #outdated(StoredSecret)} and opens the same sealed with the primary key */
    public Map<String, String> resealed(StoredSecret secret) {
        Map<String, String> renewed = new TreeMap<>();
        texts(secret)
                .filter(this::outdated)
                .forEach(text ->
                        openable(secret.key(), text).ifPresent(data -> renewed.put(text, seal(secret.key(), data))));
        return renewed;
    }

    private static Stream<String> texts(StoredSecret secret) {
        return Stream.concat(Stream.of(secret.data()), secret.previous().stream());
    }

    /** @throws UnopenableException when its key is not in the key set, or it was not sealed for this setting */
    public String open(ConnectorKey connector, String name, String text) {
        return open(
                "The secret \"" + name + "\" of connector " + connector,
                text,
                bound(connector, name),
                "connector or setting");
    }

    /**
     * @param what begins the sentence that says why not
     * @param boundTo to what it is bound
     */
    private String open(String what, String text, byte[] associated, String boundTo) {
        String keyId =
                Sealed.keyId(text).orElseThrow(() -> new UnopenableException(what + " is not sealed in a known way"));
        if (!enabled.contains(keyId)) {
            throw new UnopenableException(what + " is sealed with key " + keyId
                    + ", which is not (enabled) in the key set: add that key again, or give the secret anew");
        }
        try {
            byte[] content = Base64.getUrlDecoder().decode(Sealed.content(text).orElseThrow());
            return new String(aead.decryptDeterministically(content, associated), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UnopenableException(
                    what + " does not open with key " + keyId + ": it was changed, or sealed for another " + boundTo);
        }
    }

    /** @return the config as the data plane needs it; throws as {@link #open(ConnectorKey, String, String)} */
    public Config open(ConnectorKey connector, Config config) {
        if (config.values().values().stream().noneMatch(Sealed::is)) {
            return config;
        }
        Map<String, String> opened = new TreeMap<>(config.values());
        opened.replaceAll((name, value) -> Sealed.is(value) ? open(connector, name, value) : value);
        return Config.of(opened);
    }

    /** The config as the data plane needs it, without those settings that cannot be opened. */
    public Map<String, String> openable(ConnectorKey connector, Config config) {
        Map<String, String> opened = new TreeMap<>();
        config.values().forEach((name, value) -> {
            if (!Sealed.is(value)) {
                opened.put(name, value);
            } else {
                openable(connector, name, value).ifPresent(secret -> opened.put(name, secret));
            }
        });
        return opened;
    }

    /** The secrets of a config; those that cannot be opened are left out. */
    public Redactor redactor(ConnectorKey connector, Config config) {
        Set<String> secrets = new HashSet<>();
        config.values().forEach((name, value) -> {
            if (Sealed.is(value)) {
                openable(connector, name, value).ifPresent(secrets::add);
            } else if (SecretRule.secret(name, value)) {
                secrets.add(value);
            }
        });
        return Redactor.of(secrets);
    }

    /** @return empty where {@link #open(ConnectorKey, String, String)} throws */
    public Optional<String> openable(ConnectorKey connector, String name, String text) {
        try {
            return Optional.of(open(connector, name, text));
        } catch (UnopenableException e) {
            return Optional.empty();
        }
    }

    /**
     * A config as it was found on a data plane, fit for the log. What looks sealed or masked there is only a text, and is
     * sealed like a secret, so that nobody takes it for more.
     *
     * @param passwords the settings that their plugins define to be of type PASSWORD
     */
    public Config sealFound(ConnectorKey connector, Config found, Set<String> passwords) {
        Map<String, String> values = new TreeMap<>(found.values());
        values.replaceAll(
                (name, value) -> Sealed.is(value) || Mask.keeps(value) || SecretRule.secret(name, value, passwords)
                        ? seal(connector, name, value)
                        : value);
        return Config.of(values);
    }

    /**
     * What a caller gave, sealed for the log. Masks stay: they are for the log to understand.
     *
     * @param given null values stay
     * @param passwords as for {@link #sealFound}
     */
    public Map<String, String> sealGiven(ConnectorKey connector, Map<String, String> given, Set<String> passwords) {
        Map<String, String> values = new TreeMap<>(given);
        values.replaceAll((name, value) ->
                SecretRule.secret(name, value, passwords) && !Mask.keeps(value) ? seal(connector, name, value) : value);
        return values;
    }

    /**
     * What is on a data plane in terms of what is desired: a value that is the one that a desired text seals becomes that text,
     * and what is there instead of a sealed one is sealed.
     *
     * @param observed null when it is not there
     * @param strict false: what cannot be opened counts as being as desired, since nobody can tell
     * @return comparable with the desired config; null when it is not there
     * @throws UnopenableException if strict
     */
    public Config like(ConnectorKey connector, Config desired, Config observed, boolean strict) {
        if (observed == null || desired.values().values().stream().noneMatch(Sealed::is)) {
            return observed;
        }
        Map<String, String> comparable = new TreeMap<>(observed.values());
        comparable.replaceAll((name, value) -> {
            String wanted = desired.get(name);
            if (!Sealed.is(wanted)) {
                return value;
            }
            return same(connector, name, wanted, value, strict) ? wanted : seal(connector, name, value);
        });
        return Config.of(comparable);
    }

    private boolean same(ConnectorKey connector, String name, String text, String value, boolean strict) {
        return strict
                ? open(connector, name, text).equals(value)
                : openable(connector, name, text).map(value::equals).orElse(true);
    }

    /** Keyed like everything here: AES-SIV is a pseudorandom function of what it is given. */
    public Fingerprint fingerprint() {
        return (uid, name, value) ->
                HexFormat.of().formatHex(digest(encrypt(value, parts("fingerprint", uid, name))), 0, FINGERPRINT_BYTES);
    }

    private byte[] encrypt(String text, byte[] associated) {
        try {
            return aead.encryptDeterministically(text.getBytes(StandardCharsets.UTF_8), associated);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key that was loaded does not seal", e);
        }
    }

    private static byte[] bound(SecretId id) {
        return parts("stored", id.toString());
    }

    private static byte[] bound(ConnectorKey connector, String name) {
        return parts("secret", connector.toString(), name);
    }

    /** With their lengths, so that no two lists give the same bytes. */
    private static byte[] parts(String... parts) {
        var bytes = new ByteArrayOutputStream();
        for (String part : parts) {
            byte[] text = part.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
            bytes.writeBytes(text);
        }
        return bytes.toByteArray();
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Sealer[primary=" + primary + ", keys=" + enabled.size() + "]";
    }
}
