package io.signalbox.api.explain;

import io.signalbox.processor.dataplane.RootCause;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a worker's words are about, as far as they tell, and what helps then. The first that fits counts. */
public enum Cause {
    BAD_CLASS(
            "Failed to find any class|ClassNotFoundException|NoClassDefFoundError|Could not find class|Could not find a"
                    + " connector",
            "Install the plugin on every worker, or correct \"connector.class\": GET /connector-plugins lists what there is."),
    QUOTA(
            "quota|PolicyViolation|limit exceeded|too many connections|No space left",
            "A limit outside of Signalbox is reached: raise it, or ask for less, such as fewer tasks."),
    PERMISSION(
            "Authori[sz]ationException|not authori[sz]ed|Unauthorized|Forbidden|Access denied|AccessDenied|permission"
                    + " denied|AuthenticationException|Authentication failed|authentication failed|\\b40[13]\\b",
            "Grant the permission that is named, or correct the credentials that the config refers to."),
    INVALID_CONFIG(
            "Connector configuration is invalid|ConfigException|Invalid value|Missing required configuration",
            "Correct the config: PUT …/config/validate of the plugin tells what is wrong with each key."),
    UNREACHABLE(
            "Connection refused|UnknownHost|timed out|TimeoutException|ConnectException: Connection|No route to"
                    + " host|Connection reset|Broker may not be available",
            "Check that the system that the connector talks to is up and can be reached from the worker."),
    BAD_DATA(
            "SerializationException|DataException|JsonParse|Tolerance exceeded|Converting byte",
            "A record cannot be read: check the converters, or let such records pass with \"errors.tolerance\"."),
    OTHER("", "Read the worker's log around that time; the whole trace is in GET …/status.");

    private final Pattern words;
    private final String help;

    Cause(String words, String help) {
        this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
        this.help = help;
    }

    public String help() {
        return help;
    }

    /** By the root cause; where that tells nothing, by all of it. */
    public static Cause of(String words) {
        Cause root = in(RootCause.of(words));
        return root == OTHER ? in(words) : root;
    }

    private static Cause in(String text) {
        return text == null
                ? OTHER
                : Stream.of(values())
                        .filter(cause -> cause.words.matcher(text).find())
                        .findFirst()
                        .orElse(OTHER);
    }
}
