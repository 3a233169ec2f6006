package io.signalbox.api.dialect.signalbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.http.Refusal;
import io.signalbox.processor.domain.ClusterSpec.InReads;
import io.signalbox.processor.domain.ClusterSpec.OnDrift;
import io.signalbox.processor.domain.ClusterSpec.Policies;
import io.signalbox.processor.domain.ClusterSpec.Unmanaged;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a cluster is to be treated; what is not said is as by default. */
final class PoliciesReader {

    private static final Set<String> FIELDS =
            Set.of("poll_interval_ms", "max_concurrency", "validate", "unmanaged", "drift", "secrets");

    private PoliciesReader() {}

    static Policies read(JsonNode body) {
        JsonNode node = body.get("policies");
        if (node == null || node.isNull()) {
            return Policies.DEFAULT;
        }
        SpecReader.requireObject(node, "\"policies\"");
        SpecReader.requireOnly(node, FIELDS, "policies.");
        return new Policies(
                number(node, "poll_interval_ms", 100, 600_000, (int) Policies.DEFAULT.pollIntervalMs()),
                number(node, "max_concurrency", 1, 128, Policies.DEFAULT.maxConcurrency()),
                flag(node, "validate", Policies.DEFAULT.validate()),
                choice(node, "unmanaged", Policies.DEFAULT.unmanaged(), Unmanaged.values()),
                choice(node, "drift", Policies.DEFAULT.drift(), OnDrift.values()),
                choice(node, "secrets", Policies.DEFAULT.secrets(), InReads.values()));
    }

    private static int number(JsonNode policies, String field, int least, int most, int standard) {
        JsonNode node = policies.get(field);
        if (node == null) {
            return standard;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < least || node.intValue() > most) {
            throw Refusal.bad("\"policies." + field + "\" must be a whole number from " + least + " to " + most);
        }
        return node.intValue();
    }

    private static <E extends Enum<E>> E choice(JsonNode policies, String field, E standard, E[] choices) {
        JsonNode node = policies.get(field);
        if (node == null) {
            return standard;
        }
        return Stream.of(choices)
                .filter(choice -> ClusterJson.word(choice).equals(node.textValue()))
                .findFirst()
                .orElseThrow(() -> Refusal.bad("\"policies." + field + "\" must be "
                        + Stream.of(choices)
                                .map(choice -> "\"" + ClusterJson.word(choice) + "\"")
                                .collect(Collectors.joining(" or "))));
    }

    private static boolean flag(JsonNode policies, String field, boolean standard) {
        JsonNode node = policies.get(field);
        if (node == null) {
            return standard;
        }
        if (!node.isBoolean()) {
            throw Refusal.bad("\"policies." + field + "\" must be true or false");
        }
        return node.booleanValue();
    }
}
