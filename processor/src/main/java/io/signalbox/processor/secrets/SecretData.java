package io.signalbox.processor.secrets;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a key stands for in what is stored: a member of a JSON object, which is what Redpanda's Console and documents store; of any
 * other text, the text itself.
 */
final class SecretData {

    /** Names are secrets' too, and not kept. */
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private SecretData() {}

    /** @return empty when it is an object without such a member, or with one that is no text, number or truth value */
    static Optional<String> value(String data, String key) {
        if (data.stripLeading().startsWith("{")) {
            try (JsonParser json = JSON.createParser(data)) {
                return member(json, key);
            } catch (JacksonException noJson) {
                return Optional.of(data);
            } catch (IOException e) {
                throw new UncheckedIOException("A text in memory could not be read", e);
            }
        }
        return Optional.of(data);
    }

    /** All that keys can stand for in it. */
    static Set<String> values(String data) {
        if (data.stripLeading().startsWith("{")) {
            Set<String> values = new HashSet<>();
            try (JsonParser json = JSON.createParser(data)) {
                for (var token = json.nextToken(); token != null; token = json.nextToken()) {
                    if (token.isScalarValue()) {
                        values.add(json.getText());
                    }
                }
                return values;
            } catch (JacksonException noJson) {
                return Set.of(data);
            } catch (IOException e) {
                throw new UncheckedIOException("A text in memory could not be read", e);
            }
        }
        return Set.of(data);
    }

    /** Reads to the end, since what goes wrong later is no JSON either. */
    private static Optional<String> member(JsonParser json, String key) throws IOException {
        Optional<String> found = Optional.empty();
        json.nextToken();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            boolean wanted = json.currentName().equals(key);
            JsonToken token = json.nextToken();
            if (wanted) {
                boolean text = token.isScalarValue() && token != JsonToken.VALUE_NULL;
                found = text ? Optional.of(json.getText()) : Optional.empty();
            }
            json.skipChildren();
        }
        if (json.nextToken() != null) {
            throw new JsonParseException(json, "More than one value");
        }
        return found;
    }
}
