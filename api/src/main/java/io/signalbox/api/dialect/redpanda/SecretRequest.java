package io.signalbox.api.dialect.redpanda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.signalbox.api.http.Refusal;
import io.signalbox.api.http.Violation;
import io.signalbox.processor.domain.SecretId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The body of a creation or a replacement of a secret. What else it holds is left out.
 *
 * @param name empty where there is none; what is replaced is named by the path
 * @param data in Base64 until it was looked at, as it is afterwards
 * @param labels none where there are none
 */
record SecretRequest(String name, String data, SortedMap<String, String> labels) {

    static final String ID = "value must be 1 to " + SecretId.LONGEST
            + " letters, digits, slashes, dots, underscores, hyphens and + = @ %";

    private static final int MOST_BYTES = 65_536;
    private static final int LONGEST_NAME = 128;
    private static final int MOST_LABELS = 64;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_LABEL = 256;
    private static final String REQUIRED = "value is required";

    /** As Redpanda's documents have it. */
    private static final Pattern LABEL = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0," + LONGEST_LABEL + "}");

    static SecretRequest read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw Refusal.bad("The body must be an object with secret_data");
        }
        String name = "";
        String data = "";
        Map<String, String> labels = Map.of();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = Strings.text(json, field);
                case "secret_data", "secretData" -> data = Strings.text(json, field);
                case "labels" -> labels = Strings.map(json, field);
                default -> json.skipChildren();
            }
        }
        return new SecretRequest(name, data, new TreeMap<>(labels));
    }

    /** @throws Refusal 400 with everything that is wrong */
    SecretRequest toCreate() {
        List<Violation> wrong = new ArrayList<>();
        if (name.isEmpty()) {
            wrong.add(new Violation("name", REQUIRED));
        } else if (name.length() > LONGEST_NAME || !SecretId.legal(name)) {
            wrong.add(new Violation(
                    "name", ID.replace(Integer.toString(SecretId.LONGEST), Integer.toString(LONGEST_NAME))));
        }
        return whole(wrong);
    }

    /** @throws Refusal as {@link #toCreate} */
    SecretRequest toReplace() {
        return whole(new ArrayList<>());
    }

    private SecretRequest whole(List<Violation> wrong) {
        String decoded = decoded(wrong);
        if (labels.size() > MOST_LABELS) {
            wrong.add(new Violation("labels", "value must have no more than " + MOST_LABELS + " entries"));
        } else {
            labels.forEach((key, value) -> {
                if (key.isEmpty()
                        || key.length() > LONGEST_KEY
                        || !LABEL.matcher(value).matches()) {
                    wrong.add(new Violation(
                            "labels",
                            "a key must have 1 to " + LONGEST_KEY + " characters, and a value no more than "
                                    + LONGEST_LABEL + ": letters, digits, spaces and _ . : / = + - @"));
                }
            });
        }
        if (!wrong.isEmpty()) {
            throw Words.invalid(wrong.stream().distinct().toList());
        }
        return new SecretRequest(name, decoded, labels);
    }

    /** Configs are text, and so is what stands in their place. */
    private String decoded(List<Violation> wrong) {
        if (data.isEmpty()) {
            wrong.add(new Violation("secret_data", REQUIRED));
            return "";
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(data.replace('-', '+').replace('_', '/'));
            if (bytes.length == 0 || bytes.length > MOST_BYTES) {
                wrong.add(new Violation("secret_data", "value must be 1 to " + MOST_BYTES + " bytes"));
                return "";
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException e) {
            wrong.add(new Violation("secret_data", "value must be in Base64"));
        } catch (CharacterCodingException e) {
            wrong.add(new Violation("secret_data", "value must be a text in UTF-8"));
        }
        return "";
    }

    @Override
    public String toString() {
        return "SecretRequest[" + name + " " + labels.keySet() + "]";
    }
}
