package io.signalbox.processor.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import io.signalbox.processor.domain.ConnectorKey;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeySetsTest {

    private static final ConnectorKey ORDERS = new ConnectorKey("default", "local", "orders");

    @TempDir
    Path directory;

    private Path clear;

    @BeforeEach
    void create() throws Exception {
        clear = directory.resolve("keyset.json");
        KeySets.create(clear);
    }

    @Test
    void a_key_set_that_a_key_management_service_encrypted_is_the_same_key_set() throws Exception {
        String text = KeySets.load(clear, "").seal(ORDERS, "password", "hunter2");
        Path encrypted = encrypted();
        assertThat(KeySets.load(encrypted, "fake-kms://key").open(ORDERS, "password", text))
                .isEqualTo("hunter2");
        assertThatThrownBy(() -> KeySets.load(encrypted, ""))
                .isInstanceOf(KeySetException.class)
                .hasMessageContaining("no key set in clear");
        assertThatThrownBy(() -> KeySets.load(clear, "fake-kms://key"))
                .isInstanceOf(KeySetException.class)
                .hasMessageContaining("encrypted with fake-kms://key");
    }

    private Path encrypted() throws Exception {
        var keys = TinkJsonProtoKeysetFormat.parseKeyset(
                Files.readString(clear), KeySets.TINK, InsecureSecretKeyAccess.get());
        return Files.writeString(
                directory.resolve("encrypted.json"),
                TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(
                        keys, new FakeKms().getAead("fake-kms://key"), new byte[0], KeySets.TINK));
    }

    @Test
    void a_service_that_nobody_is_there_for_is_named() {
        assertThatThrownBy(() -> KeySets.load(clear, "aws-kms://arn:aws:kms:eu:1:key/2"))
                .isInstanceOf(KeySetException.class)
                .hasMessageContainingAll("no KMS client", "aws-kms://arn:aws:kms:eu:1:key/2");
    }

    @Test
    void who_may_read_it_stays_as_it_was_and_a_link_stays_a_link() throws Exception {
        var mode = PosixFilePermissions.fromString("rw-r-----");
        Files.setPosixFilePermissions(clear, mode);
        Path link = Files.createSymbolicLink(directory.resolve("link.json"), clear);
        String added = KeySets.add(link);
        assertThat(KeySets.promote(link)).isEqualTo(added);
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.getPosixFilePermissions(clear)).isEqualTo(mode);
        assertThat(KeySets.load(clear, "").primaryKeyId()).isEqualTo(added);
    }

    @Test
    void nothing_is_left_beside_it() throws Exception {
        KeySets.add(clear);
        assertThatThrownBy(() -> KeySets.create(clear)).isInstanceOf(FileAlreadyExistsException.class);
        Path full = Files.createDirectory(directory.resolve("full.json"));
        Files.createFile(full.resolve("file"));
        assertThatThrownBy(() -> KeySets.create(full)).isInstanceOf(FileAlreadyExistsException.class);
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all).containsExactlyInAnyOrder(clear, full);
        }
    }

    @Test
    void a_new_one_is_for_its_owner_only() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(clear)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_key_that_somebody_disabled_is_not_promoted() throws Exception {
        String added = KeySets.add(clear);
        String before = Files.readString(clear);
        int last = before.lastIndexOf("ENABLED");
        Files.writeString(clear, before.substring(0, last) + "DISABLED" + before.substring(last + "ENABLED".length()));
        String disabled = Files.readString(clear);
        assertThatThrownBy(() -> KeySets.promote(clear))
                .isInstanceOf(KeySetException.class)
                .hasMessageContainingAll("key " + added, "not enabled");
        assertThat(Files.readString(clear)).isEqualTo(disabled);
    }

    @Test
    void a_service_that_cannot_be_reached_is_a_possible_reason() throws Exception {
        Path encrypted = encrypted();
        assertThatThrownBy(() -> KeySets.load(encrypted, "fake-kms://away"))
                .isInstanceOf(KeySetException.class)
                .hasMessageContainingAll("fake-kms://away", "cannot be reached")
                .hasNoCause();
    }

    @Test
    void a_file_that_is_none_is_named_and_not_quoted() throws Exception {
        Files.writeString(clear, "{\"hunter2\":");
        assertThatThrownBy(() -> KeySets.load(clear, ""))
                .isInstanceOf(KeySetException.class)
                .hasMessageContaining(clear.toString())
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
        Path missing = directory.resolve("missing.json");
        assertThatThrownBy(() -> KeySets.load(missing, "")).hasMessage("cannot read " + missing);
    }
}
