package io.signalbox.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** Text that can be written again as it was read. */
public final class Unicode {

    private static final int CHUNK = 8 * 1024;

    private Unicode() {}

    /**
     * Half a surrogate pair is no character, and could not be written again.
     *
     * @param what begins the sentence that the caller is told
     * @return the text
     * @throws Refusal 400 when it holds one
     */
    public static String required(String text, String what) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw Refusal.bad(what + " is no valid Unicode: it holds half a surrogate pair");
                }
                i++;
            }
        }
        return text;
    }

    /**
     * The same for all names and texts of a tree.
     *
     * @param where what the tree is, such as {@code the body}
     */
    public static JsonNode requiredTree(JsonNode tree, String where) {
        if (tree.isTextual()) {
            required(tree.textValue(), "A text in " + where);
        }
        tree.fieldNames().forEachRemaining(name -> required(name, "A key in " + where));
        tree.forEach(node -> requiredTree(node, where));
        return tree;
    }

    /**
     * The JSON parser takes longer forms of a character than the shortest, and halves of pairs, for characters.
     *
     * @throws Refusal 400 when the bytes are no UTF-8
     */
    static void requireUtf8(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(Math.min(bytes.length, CHUNK) + 1);
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        if (result.isError()) {
            throw Refusal.bad("The request's body is no JSON: it is not in UTF-8, at byte " + in.position());
        }
    }
}
