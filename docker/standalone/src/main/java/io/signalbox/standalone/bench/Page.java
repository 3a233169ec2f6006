package io.signalbox.standalone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page whose text is written by people and whose tables are written by the benchmark, between two marks. */
final class Page {

    static final String BEGIN = "<!-- measured: begin -->";
    static final String END = "<!-- measured: end -->";

    private Page() {}

    /** @throws IllegalArgumentException if the text has not both marks, in this order */
    static String with(String page, String measured) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("The page has no place between " + BEGIN + " and " + END);
        }
        return page.substring(0, begin + BEGIN.length()) + "\n\n" + measured.strip() + "\n\n" + page.substring(end);
    }

    /** @param to may be the same file */
    static void write(Path template, Path to, String measured) throws IOException {
        String text = with(Files.readString(template), measured);
        Files.writeString(to, text);
    }
}
