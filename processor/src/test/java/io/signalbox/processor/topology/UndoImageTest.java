package io.signalbox.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class UndoImageTest {

    private static String at(String partition, Integer position) {
        return "{\"partition\":{\"p\":" + partition + "},\"offset\":"
                + (position == null ? "null" : "{\"at\":" + position + "}") + "}";
    }

    @Test
    void what_was_there_before_is_set_again() {
        String before = "[" + at("\"a\"", 1) + "," + at("\"b\"", 2) + "]";
        assertThat(UndoImage.of(before, "[" + at("\"a\"", 9) + "]")).contains(before);
        assertThat(UndoImage.of(before, null)).as("after a reset").contains(before);
    }

    @Test
    void it_tells_what_was_there_before() {
        String before = "[" + at("\"a\"", 1) + "]";
        String undo = UndoImage.of(before, "[" + at("\"b\"", 2) + "]").orElseThrow();
        assertThat(UndoImage.before(undo)).isEqualTo(before);
    }

    @Test
    void what_the_change_brought_is_forgotten() {
        assertThat(UndoImage.of("[" + at("\"a\"", 1) + "]", "[" + at("\"a\"", 9) + "," + at("\"b\"", 2) + "]"))
                .contains("[" + at("\"a\"", 1) + "," + at("\"b\"", null) + "]");
        assertThat(UndoImage.of("[]", "[" + at("\"a\"", 9) + "]")).contains("[" + at("\"a\"", null) + "]");
    }

    @Test
    void a_partition_is_the_same_whether_it_is_written_as_a_number_or_a_text() {
        assertThat(UndoImage.of("[" + at("0", 1) + "]", "[" + at("\"0\"", 9) + "]"))
                .contains("[" + at("0", 1) + "]");
    }

    @Test
    void numbers_stay_as_they_are_written() {
        String before = "[{\"partition\":{\"p\":1.50},\"offset\":{\"at\":12345678901234567890}}]";
        assertThat(UndoImage.of(before, null)).contains(before);
    }

    @Test
    void nothing_can_be_set_back_where_nothing_was_or_nothing_is_known() {
        assertThat(UndoImage.of("[]", null)).isEmpty();
        assertThat(UndoImage.of(null, "[" + at("0", 1) + "]")).isEmpty();
        assertThat(UndoImage.of("no json", null)).isEmpty();
        assertThat(UndoImage.of("{}", null)).isEmpty();
    }

    /** @param asked by partition; 0 forgets it */
    @Property
    void a_change_and_its_undo_leave_what_was_before(
            @ForAll @Size(max = 5) Map<@IntRange(max = 6) Integer, @IntRange(min = 1, max = 9) Integer> before,
            @ForAll @Size(min = 1, max = 5) Map<@IntRange(max = 6) Integer, @IntRange(max = 9) Integer> asked)
            throws JsonProcessingException {
        String undo = UndoImage.of(json(before), json(asked)).orElseThrow();
        assertThat(apply(undo, apply(json(asked), before))).isEqualTo(before);
    }

    private static String json(Map<Integer, Integer> offsets) {
        return offsets.entrySet().stream()
                .map(each -> at(each.getKey().toString(), each.getValue() == 0 ? null : each.getValue()))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static Map<Integer, Integer> apply(String change, Map<Integer, Integer> to) throws JsonProcessingException {
        var changed = new TreeMap<>(to);
        for (JsonNode each : new ObjectMapper().readTree(change)) {
            int partition = each.path("partition").path("p").asInt();
            if (each.path("offset").isNull()) {
                changed.remove(partition);
            } else {
                changed.put(partition, each.path("offset").path("at").asInt());
            }
        }
        return changed;
    }
}
