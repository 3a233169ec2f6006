package io.signalbox.api;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which names a setting can have. One that is misspelt would leave its default in force, and nobody would know: a door
 * that should be shut stays open. So what a file or the command line says has to exist.
 */
final class SettingNames {

    /** What other libraries' settings begin with; they know the rest of the name. */
    private static final List<String> PREFIXES =
            List.of("kafka.", "streams.", "schema.registry.", "connect.ssl.", "config.providers");

    /** More letters than this are another word, and no slip of the hand. */
    private static final LevenshteinDistance SLIP = new LevenshteinDistance(4);

    private static final String ENVIRONMENT_PREFIX = "SIGNALBOX_";

    /** For those who start the process; it inherits it. */
    private static final String JAVA_OPTIONS = ENVIRONMENT_PREFIX + "JAVA_OPTIONS";

    private static final Logger LOG = LoggerFactory.getLogger(SettingNames.class);

    private final Set<String> defined;

    SettingNames(Set<String> defined) {
        this.defined = defined;
    }

    boolean has(String name) {
        return defined.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** @throws ConfigException naming all that do not exist, each with the one that may have been meant */
    void require(Collection<String> names) {
        String unknown = names.stream()
                .filter(name -> !has(name))
                .sorted()
                .map(this::told)
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw new ConfigException("no such setting: " + unknown + "; --help lists them all");
        }
    }

    /**
     * Those that the environment gives. A variable that is no setting is told in the log and passed over: orchestrators
     * make some of their own, as Kubernetes does for each service.
     */
    Map<String, String> in(Map<String, String> environment) {
        Map<String, String> found = new TreeMap<>();
        Set<String> ignored = new TreeSet<>();
        environment.forEach((variable, value) -> {
            if (!variable.startsWith(ENVIRONMENT_PREFIX) || variable.equals(JAVA_OPTIONS)) {
                return;
            }
            String name = variable.substring(ENVIRONMENT_PREFIX.length())
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '.');
            if (has(name)) {
                found.put(name, value);
            } else {
                ignored.add(variable);
            }
        });
        if (!ignored.isEmpty()) {
            LOG.warn("action=start ignored={} reason=\"no such setting\"", String.join(",", ignored));
        }
        return found;
    }

    private String told(String name) {
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : defined) {
            int distance = SLIP.apply(name, candidate);
            if (distance >= 0 && distance < least) {
                nearest = candidate;
                least = distance;
            }
        }
        return nearest == null ? name : name + " (did you mean " + nearest + "?)";
    }
}
