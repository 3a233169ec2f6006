package io.signalbox.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminKeyTest {

    @TempDir
    Path home;

    @Test
    void a_system_has_none_unless_it_is_made() throws Exception {
        assertThat(AdminKey.in(home)).isNull();
        assertThat(AdminKey.path(home)).isEmpty();
    }

    @Test
    void it_is_made_once_for_its_owner_only_and_is_no_word_in_a_log() throws Exception {
        assertThat(AdminKey.make(home)).isTrue();
        AdminKey key = AdminKey.in(home);
        assertThat(AdminKey.make(home)).isFalse();
        assertThat(AdminKey.in(home).reveal()).isEqualTo(key.reveal()).matches("first:[A-Za-z0-9_-]{43}");
        Path file = Path.of(AdminKey.path(home));
        assertThat(file).content().isEqualTo(key.reveal());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(key).hasToString("AdminKey[first]");
        byte[] sent = Base64.getDecoder().decode(key.authorization().substring("Basic ".length()));
        assertThat(new String(sent, StandardCharsets.UTF_8)).isEqualTo(key.reveal());
    }
}
