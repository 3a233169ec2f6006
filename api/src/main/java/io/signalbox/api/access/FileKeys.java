package io.signalbox.api.access;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.text.ParseException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An issuer's keys from a file, which is read again when it was changed. */
final class FileKeys implements JWKSource<SecurityContext> {

    private static final Logger LOG = LoggerFactory.getLogger(FileKeys.class);

    private record Content(FileTime changed, JWKSet keys) {}

    private final Path file;
    private volatile Content content;

    /** @throws IOException when it cannot be read, or holds no keys */
    FileKeys(Path file) throws IOException {
        this.file = file;
        content = read();
    }

    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext context) {
        try {
            if (!Files.getLastModifiedTime(file).equals(content.changed())) {
                content = read();
            }
        } catch (IOException e) {
            // It may be written just now.
            LOG.warn("action=read-keys result=kept-those-before reason=\"{}\"", e.getMessage());
        }
        return selector.select(content.keys());
    }

    private Content read() throws IOException {
        // First, so that what changes while it is read is read again.
        var changed = Files.getLastModifiedTime(file);
        try {
            return new Content(changed, JWKSet.parse(Files.readString(file)));
        } catch (ParseException e) {
            // What stands in the file is not repeated.
            throw new IOException(file + " holds no JSON Web Key Set", e);
        }
    }
}
