package io.signalbox.api.query;

import io.signalbox.api.http.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Several questions to one replica in one request: how they are written, and their answers. */
final class Batch {

    static final String PATH = "/internal/v1/batch";

    /** Instead of an answer: that replica does not have it. */
    static final byte[] NOT_HERE = null;

    static final int LARGEST = 64;

    /** So that it stays below what a server takes as the head of a request. */
    static final int LONGEST = 8_000;

    private static final int NONE = -1;

    /** May stand in a query, and never comes out of an encoder. */
    private static final String SEPARATOR = "!";

    private Batch() {}

    /** @param questions paths with their queries, encoded, so that there is no separator in them */
    static String path(Collection<String> questions) {
        return PATH + "?" + String.join(SEPARATOR, questions);
    }

    /** @return how much the question adds to a path, at most */
    static int length(String question) {
        return question.length() + SEPARATOR.length();
    }

    /**
     * @param query as it came, not decoded; null for none
     * @return the questions of {@link #path}
     */
    static List<String> questions(String query) {
        var questions = query == null ? List.<String>of() : List.of(query.split(SEPARATOR));
        if (questions.size() > LARGEST) {
            throw Refusal.bad("No more than " + LARGEST + " questions at once");
        }
        return questions;
    }

    /** One after another, each with its length in front. */
    static byte[] answers(List<byte[]> answers) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (byte[] answer : answers) {
                out.writeInt(answer == NOT_HERE ? NONE : answer.length);
                if (answer != NOT_HERE) {
                    out.write(answer);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * @param count how many there have to be
     * @throws IOException when it is something else
     */
    static List<byte[]> answers(byte[] body, int count) throws IOException {
        List<byte[]> answers = new ArrayList<>(count);
        try (var in = new DataInputStream(new ByteArrayInputStream(body))) {
            for (int i = 0; i < count; i++) {
                int length = in.readInt();
                if (length > in.available() || length < NONE) {
                    throw new IOException("An answer of " + length + " bytes where " + in.available() + " follow");
                }
                answers.add(length == NONE ? NOT_HERE : in.readNBytes(length));
            }
        }
        return answers;
    }
}
