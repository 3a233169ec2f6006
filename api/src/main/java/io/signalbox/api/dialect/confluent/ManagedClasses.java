package io.signalbox.api.dialect.confluent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The table of managed classes: which class of Kafka Connect stands for {@code GcsSink}, or for the id of a custom plugin. Several
 * names may stand for one class. Names are told apart by case.
 */
public final class ManagedClasses {

    private static final String RESOURCE = "/confluent/classes.properties";
    private static final Pattern JAVA = Pattern.compile("([A-Za-z_$][\\w$]*\\.)+[A-Za-z_$][\\w$]*");

    private final Map<String, String> byName;

    private ManagedClasses(Map<String, String> byName) {
        this.byName = byName;
    }

    /** The table that is in the jar. */
    public static ManagedClasses standard() {
        try (InputStream lines = ManagedClasses.class.getResourceAsStream(RESOURCE)) {
            var table = new Properties();
            table.load(lines);
            return new ManagedClasses(Map.of()).with(table);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    /**
     * @param more classes by name, which count more than those that are there
     * @throws IllegalArgumentException naming the line whose value is no name of a class with its package
     */
    public ManagedClasses with(Properties more) {
        Map<String, String> all = new TreeMap<>(byName);
        more.stringPropertyNames().forEach(name -> {
            String type = more.getProperty(name).strip();
            if (!JAVA.matcher(type).matches()) {
                throw new IllegalArgumentException(
                        "the value of " + name + " must be the name of a Java class with its package");
            }
            all.put(name, type);
        });
        return new ManagedClasses(all);
    }

    Optional<String> javaClass(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** @return all names of a class, in order; none for one that is not in the table */
    List<String> names(String javaClass) {
        return byName.entrySet().stream()
                .filter(line -> line.getValue().equals(javaClass))
                .map(Map.Entry::getKey)
                .toList();
    }
}
