package io.signalbox.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The records are a contract, so that each field says what it is, in which unit, and what null means. */
class DocumentedTest {

    static List<Schema> schemas() {
        return Stream.of(
                        Schemas.COMMANDS.stream().map(Schemas::command),
                        Schemas.EVENTS.stream().map(Schemas::event),
                        Schemas.STATES.stream().map(Schemas::state))
                .flatMap(each -> each)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void every_field_says_what_it_is_and_what_null_means(Schema schema) {
        assertThat(schema.getDoc()).as(schema.getName()).endsWith(".");
        for (Schema.Field field : schema.getFields()) {
            String what = schema.getName() + "." + field.name();
            assertThat(field.doc()).as(what).isNotNull().endsWith(".");
            if (nullable(field.schema())) {
                assertThat(field.doc()).as(what).containsIgnoringCase("null");
            }
        }
    }

    /** A time is of Avro's type for times; a number of something else has its unit in its name and its doc. */
    @ParameterizedTest
    @MethodSource("schemas")
    void times_have_a_unit(Schema schema) {
        for (Schema.Field field : schema.getFields()) {
            String what = schema.getName() + "." + field.name();
            if (field.name().endsWith("Ms")) {
                assertThat(field.doc()).as(what).contains("milliseconds");
            }
            if (field.name().equals("at")
                    || field.name().equals("since")
                    || field.name().endsWith("At")) {
                assertThat(present(field.schema()).getLogicalType()).as(what).isEqualTo(LogicalTypes.timestampMillis());
            }
        }
    }

    /** What it is where it is not null. */
    private static Schema present(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow()
                : schema;
    }

    private static boolean nullable(Schema schema) {
        return switch (schema.getType()) {
            case UNION -> schema.isNullable();
            case MAP -> nullable(schema.getValueType());
            case ARRAY -> nullable(schema.getElementType());
            default -> false;
        };
    }
}
