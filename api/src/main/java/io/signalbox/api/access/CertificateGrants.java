package io.signalbox.api.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/**
 * What callers may do who show a certificate, by its subject. Each line of the file is grants with commas between, white space, and the
 * subject as in RFC 2253, such as {@code editor:prod,viewer CN=deploy,O=Example}; lines that begin with {@code #} are comments.
 */
public final class CertificateGrants {

    private final Map<X500Principal, Grants> bySubject = new HashMap<>();

    /**
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException naming the line that is wrong
     */
    public static CertificateGrants read(Path file) throws IOException {
        var all = new CertificateGrants();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                all.add(line.strip(), number);
            }
        }
        return all;
    }

    private void add(String line, int number) {
        String[] parts = line.split("\\s+", 2);
        try {
            if (parts.length < 2) {
                throw new IllegalArgumentException("write grants, a space and a subject");
            }
            var before = bySubject.put(new X500Principal(parts[1]), Grants.parse(parts[0]));
            if (before != null) {
                throw new IllegalArgumentException("this subject has a line already");
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
        }
    }

    /**
     * @param certificate that was found good when the connection was made
     * @return without grants when nobody granted any
     * @throws BadCredentialsException when it is not valid any more, or its subject cannot be recorded
     */
    public Principal verify(X509Certificate certificate) throws BadCredentialsException {
        try {
            // A connection may outlive the certificate with which it began.
            certificate.checkValidity();
        } catch (CertificateException e) {
            throw new BadCredentialsException("certificate: not valid now");
        }
        var subject = certificate.getSubjectX500Principal();
        var name = subject.getName();
        if (name.isEmpty() || name.length() > 255 || name.chars().anyMatch(Character::isISOControl)) {
            throw new BadCredentialsException("certificate: a subject that cannot be recorded");
        }
        return new Principal("cert:" + name, bySubject.getOrDefault(subject, Grants.NONE));
    }
}
