package io.signalbox.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the differential table: a request a line, its details indented below it. What is written there is said at its head.
 */
final class Table {

    private final List<Ask> asks = new ArrayList<>();
    private String group = "";

    private Table() {}

    static List<Ask> read(String resource) {
        var table = new Table();
        try (InputStream in = Table.class.getResourceAsStream(resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int number = 0;
            for (String line : text.lines().toList()) {
                table.add(line, ++number);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(table.asks);
    }

    private void add(String line, int number) {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        if (line.startsWith("== ")) {
            group = line.substring(3);
        } else if (line.startsWith("  ")) {
            asks.set(asks.size() - 1, detailed(asks.getLast(), line.strip(), number));
        } else {
            int space = line.indexOf(' ');
            asks.add(new Ask(
                    number,
                    group,
                    line.substring(0, space),
                    line.substring(space + 1).strip(),
                    null,
                    List.of(),
                    Likeness.VALUES,
                    Map.of()));
        }
    }

    private static Ask detailed(Ask ask, String line, int number) {
        int space = line.indexOf(' ');
        String word = space < 0 ? line : line.substring(0, space);
        String rest = space < 0 ? "" : line.substring(space + 1).strip();
        return switch (word) {
            case "body" -> ask.with(rest);
            case "header" -> ask.with(header(ask.headers(), rest));
            case "like" ->
                ask.with(Likeness.valueOf(rest.toUpperCase(Locale.ROOT).replace('-', '_')));
            case "differs" -> differs(ask, rest.split("\\s+"));
            default -> throw new IllegalArgumentException("Line " + number + " of the table: " + line);
        };
    }

    private static List<String> header(List<String> soFar, String header) {
        List<String> more = new ArrayList<>(soFar);
        more.addAll(List.of(header.split(":\\s*", 2)));
        return more;
    }

    private static Ask differs(Ask ask, String... idAndAspects) {
        Set<String> aspects = new TreeSet<>(Arrays.asList(idAndAspects).subList(1, idAndAspects.length));
        return ask.with(idAndAspects[0], aspects);
    }
}
