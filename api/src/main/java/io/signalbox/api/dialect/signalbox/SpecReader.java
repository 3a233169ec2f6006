package io.signalbox.api.dialect.signalbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.http.Refusal;
import io.signalbox.processor.dataplane.connect.AllowedWorkers;
import io.signalbox.processor.domain.ClusterSpec;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what somebody wants to register as a cluster; each mistake is told with what to do about it. */
final class SpecReader {

    private static final int MOST_WORKERS = 16;
    private static final int LONGEST_TEXT = 1024;
    private static final Set<String> FIELDS = Set.of("workers", "username", "password", "policies");
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{env:[A-Za-z_][A-Za-z0-9_]*}|\\$\\{file:/[^:{}]+:[^:{}]+}");

    private final AllowedWorkers allowed;

    SpecReader(AllowedWorkers allowed) {
        this.allowed = allowed;
    }

    ClusterSpec read(JsonNode body) {
        requireObject(body, "The body");
        requireOnly(body, FIELDS, "");
        String username = text(body, "username");
        String password = password(body, username);
        return new ClusterSpec(workers(body.get("workers")), username, password, PoliciesReader.read(body));
    }

    static void requireObject(JsonNode node, String what) {
        if (!node.isObject()) {
            throw Refusal.bad(what + " must be a JSON object");
        }
    }

    static void requireOnly(JsonNode object, Set<String> fields, String where) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!fields.contains(name)) {
                throw Refusal.bad("Unrecognized field \"" + where + name + "\"");
            }
        }
    }

    private static String text(JsonNode body, String field) {
        JsonNode node = body.get(field);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isTextual() || node.textValue().isEmpty() || node.textValue().length() > LONGEST_TEXT) {
            throw Refusal.bad("\"" + field + "\" must be a string of 1 to " + LONGEST_TEXT + " characters");
        }
        return node.textValue();
    }

    /** The message must not repeat what was sent: it may be the password itself. */
    private static String password(JsonNode body, String username) {
        String password = text(body, "password");
        if (password == null) {
            return null;
        }
        if (!REFERENCE.matcher(password).matches()) {
            throw Refusal.bad("\"password\" must be a reference, because what is registered can be read by others: use"
                    + " \"${env:NAME}\" for an environment variable of Signalbox or \"${file:/path/to/file:key}\" for a"
                    + " key of a properties file beside it");
        }
        if (username == null) {
            throw Refusal.bad("\"password\" needs a \"username\"");
        }
        return password;
    }

    private List<String> workers(JsonNode node) {
        if (node == null || !node.isArray() || node.isEmpty() || node.size() > MOST_WORKERS) {
            throw Refusal.bad("\"workers\" must be an array of 1 to " + MOST_WORKERS
                    + " URLs of one cluster's workers, such as [\"http://worker:8083\"]");
        }
        List<String> urls = new ArrayList<>();
        for (JsonNode worker : node) {
            String url = worker(worker);
            if (!urls.contains(url)) {
                urls.add(url);
            }
        }
        return urls;
    }

    private String worker(JsonNode node) {
        if (!node.isTextual() || node.textValue().length() > LONGEST_TEXT) {
            throw illegal();
        }
        URI uri = uri(node.textValue());
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (uri.getRawUserInfo() != null
                || String.valueOf(uri.getRawAuthority()).contains("@")) {
            throw Refusal.bad("A worker's URL must not hold a user or a password: give \"username\" and \"password\"");
        }
        if (!http || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw illegal();
        }
        String refusal = allowed.refusal(uri);
        if (refusal != null) {
            throw Refusal.bad("Illegal worker: " + refusal);
        }
        String url = uri.toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw illegal();
        }
    }

    private static Refusal illegal() {
        return Refusal.bad("Each of \"workers\" must be a URL with http or https and a host, such as"
                + " \"http://worker:8083\", without query or fragment");
    }
}
