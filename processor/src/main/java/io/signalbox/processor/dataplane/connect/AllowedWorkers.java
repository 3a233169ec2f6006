package io.signalbox.processor.dataplane.connect;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;

/**
 * Which hosts may be asked as workers. Who registers a cluster names hosts that a replica then asks, from where the replica
 * stands: the operator can narrow that. Where clouds tell a machine its own credentials, nobody may send it.
 */
public final class AllowedWorkers {

    public static final String SETTING = "clusters.urls.allowed";

    private static final Pattern ENTRY = Pattern.compile(
            "(?:(?<scheme>https?)://)?(?<host>\\[[0-9a-f:.]+]|[a-z0-9._*-]+)(?::(?<port>[0-9]{1,5}))?/?");
    private static final Pattern LITERAL = Pattern.compile("\\[.*]|[0-9.]+");

    /** Whatever is not refused to everybody. */
    public static final AllowedWorkers ANY = of(List.of("*"));

    private final List<Rule> rules;

    private AllowedWorkers(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * @param entries each {@code [http://|https://]host[:port]}; in the host {@code *.} in front is for any names before it, another
     *     {@code *} for a part of one name, and a {@code *} alone for all
     * @throws ConfigException naming the entry that is none
     */
    public static AllowedWorkers of(List<String> entries) {
        return new AllowedWorkers(entries.stream().map(Rule::of).toList());
    }

    /**
     * Asks nobody.
     *
     * @param worker an absolute URL with http or https and a host
     * @return why it may not be asked, for people; null where it may
     */
    public String refusal(URI worker) {
        if (rules.stream().noneMatch(rule -> rule.allows(worker))) {
            return hostAndPort(worker) + " is not among the workers that " + SETTING + " allows";
        }
        return isLiteral(worker) ? refusalOfAddress(worker) : null;
    }

    /**
     * The same of the addresses that its name has just now. It may ask a name server, and wait for it.
     *
     * @return null also where the name is not known
     */
    String refusalOfAddress(URI worker) {
        try {
            return Stream.of(InetAddress.getAllByName(worker.getHost())).anyMatch(ForbiddenAddresses::contains)
                    ? hostAndPort(worker) + " is no worker: its address is link-local, or of a cloud's metadata"
                    : null;
        } catch (UnknownHostException e) {
            return null; // who connects to it says so
        }
    }

    static boolean isLiteral(URI worker) {
        return LITERAL.matcher(worker.getHost()).matches();
    }

    static String hostAndPort(URI worker) {
        return worker.getHost() + ":" + port(worker);
    }

    private static int port(URI worker) {
        int standard = "https".equalsIgnoreCase(worker.getScheme()) ? 443 : 80;
        return worker.getPort() < 0 ? standard : worker.getPort();
    }

    /**
     * @param scheme null for both
     * @param port -1 for any
     */
    private record Rule(String scheme, Pattern host, int port) {

        static Rule of(String entry) {
            Matcher parts = ENTRY.matcher(entry.strip().toLowerCase(Locale.ROOT));
            if (!parts.matches()) {
                throw new ConfigException(SETTING + ": " + entry.strip()
                        + " is none of host, *.domain, host:port and https://host:port; * alone is for all");
            }
            return new Rule(
                    parts.group("scheme"),
                    glob(parts.group("host")),
                    parts.group("port") == null ? -1 : Integer.parseInt(parts.group("port")));
        }

        private static Pattern glob(String host) {
            if (host.equals("*")) {
                return Pattern.compile(".*");
            }
            boolean below = host.startsWith("*.");
            var regex = new StringBuilder(below ? "(?:[^.]+\\.)+" : "");
            for (String part : (below ? host.substring(2) : host).splitWithDelimiters("\\*", 0)) {
                regex.append(part.equals("*") ? "[^.]*" : Pattern.quote(part));
            }
            return Pattern.compile(regex.toString());
        }

        boolean allows(URI worker) {
            return (scheme == null || scheme.equalsIgnoreCase(worker.getScheme()))
                    && host.matcher(worker.getHost().toLowerCase(Locale.ROOT)).matches()
                    && (port < 0 || port == AllowedWorkers.port(worker));
        }
    }
}
