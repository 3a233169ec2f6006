package io.signalbox.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The access key that may do everything: drawn once, readable by its owner only. A system that has one asks everybody who he is,
 * until the file is removed.
 */
public final class AdminKey {

    private static final String ID = "first";
    private static final int BYTES = 32;

    private final String text;

    private AdminKey(String text) {
        this.text = text;
    }

    private static Path file(Path home) {
        return home.resolve("admin.key").toAbsolutePath();
    }

    /** @return whether there was none before */
    static boolean make(Path home) throws IOException {
        Path file = file(home);
        if (Files.exists(file)) {
            return false;
        }
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        Files.createDirectories(home);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                file, ID + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        return true;
    }

    /** Where it is; empty when there is none, as a setting has it. */
    static String path(Path home) {
        return Files.exists(file(home)) ? file(home).toString() : "";
    }

    /** @return null when there is none */
    static AdminKey in(Path home) throws IOException {
        return Files.exists(file(home))
                ? new AdminKey(Files.readString(file(home)).strip())
                : null;
    }

    /** Says it, for whoever started the system. */
    String reveal() {
        return text;
    }

    /** The value of {@code Authorization}. */
    String authorization() {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "AdminKey[" + ID + "]";
    }
}
