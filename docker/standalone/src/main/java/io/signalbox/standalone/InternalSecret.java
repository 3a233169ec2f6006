package io.signalbox.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** What the replicas know each other by: drawn once, readable by its owner only. */
public final class InternalSecret {

    private static final int BYTES = 32;

    private InternalSecret() {}

    /** The file with the secret, made on first use. */
    public static Path in(Path home) throws IOException {
        Path file = Files.createDirectories(home).resolve("internal.secret");
        if (!Files.exists(file)) {
            byte[] secret = new byte[BYTES];
            new SecureRandom().nextBytes(secret);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        }
        return file.toAbsolutePath();
    }
}
