package io.signalbox.processor.domain;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which settings are secret by their name or value, whatever their plugin says and also when it cannot be asked.
 * {@code docs/security.md} has the rule in words.
 */
public final class SecretRule {

    /** Without separators, in lower case. */
    private static final List<String> WORDS = List.of(
            "password",
            "passwd",
            "passphrase",
            "secret",
            "token",
            "credential",
            "privatekey",
            "keystorekey",
            "apikey",
            "accesskey",
            "accountkey",
            "authuserinfo",
            "authorization",
            "connectionstring",
            "jaasconfig");

    /** What the reconciler, the API and callers have to read. */
    private static final Set<String> NEVER = Set.of("name", "connector.class", "tasks.max", "topics", "topics.regex");

    private static final Pattern SEPARATORS = Pattern.compile("[._\\-]");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[A-Za-z0-9_.-]{1,64}:[^{}]{1,1024}}");
    private static final Pattern USER_IN_URL = Pattern.compile("://[^/\\s@:]*:([^/\\s@]+)@");
    private static final Pattern QUERY =
            Pattern.compile("(?i)[?&;][\\w.-]*(?:passw(?:or)?d|pwd|secret|token|api_?key)=[^&;\\s]");
    private static final Pattern NAMED_PART =
            Pattern.compile("(?i)(?:passw(?:or)?d|passphrase|pwd|secret|token|api[._-]?key|access[._-]?key)"
                    + "[\"']?\\s*[=:]\\s*[\"']?([^\"'&;,\\s}]+)");
    private static final int MOST_REMEMBERED = 10_000;
    private static final int LONGEST_REMEMBERED = 255;

    /** The rule is asked for each setting of each read. */
    private static final Map<String, Boolean> REMEMBERED = new ConcurrentHashMap<>();

    private SecretRule() {}

    /** Whether a value of this setting is secret by the rule alone. */
    public static boolean secret(String name, String value) {
        return secret(name, value, Set.of());
    }

    /**
     * @param value null is no secret
     * @param passwords the settings that their plugins define to be of type PASSWORD
     */
    public static boolean secret(String name, String value, Set<String> passwords) {
        if (value == null || value.isEmpty() || NEVER.contains(name) || references(value)) {
            return false;
        }
        return passwords.contains(name)
                || (named(name) && !flag(value))
                || (value.contains("://")
                        && (USER_IN_URL.matcher(value).find()
                                || QUERY.matcher(value).find()));
    }

    /** What is secret in a secret of several parts, such as the password in a URL or in a JAAS config. */
    public static List<String> parts(String secret) {
        return Stream.of(USER_IN_URL, NAMED_PART)
                .flatMap(pattern -> pattern.matcher(secret).results())
                .map(found -> found.group(1))
                .toList();
    }

    /** One by one: repeated within a pattern, thousands of them would be as many calls deep. */
    private static boolean references(String value) {
        var reference = REFERENCE.matcher(value);
        int end = 0;
        while (end < value.length() && reference.region(end, value.length()).lookingAt()) {
            end = reference.end();
        }
        return end == value.length();
    }

    private static boolean named(String name) {
        var known = REMEMBERED.get(name);
        if (known != null) {
            return known;
        }
        String plain = SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
        boolean secret = WORDS.stream().anyMatch(plain::contains);
        if (name.length() <= LONGEST_REMEMBERED && REMEMBERED.size() < MOST_REMEMBERED) {
            REMEMBERED.put(name, secret);
        }
        return secret;
    }

    /** As of {@code …password.required}. */
    private static boolean flag(String value) {
        return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
    }
}
