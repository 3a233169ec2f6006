package io.signalbox.processor.dataplane.systems.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.processor.dataplane.systems.SystemException;
import io.signalbox.processor.domain.Config;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetSchemaTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "copy.${source.table}, copy",
                "'\"Copy 2\".\"${source.table}\"', Copy 2",
                "'\"a\"\"b.c\".\"${source.table}\"', a\"b.c",
                "${source.table}, public",
                "${topic}, public",
                "'', public"
            })
    void the_part_before_the_dot_is_the_schema(String format, String schema) {
        assertThat(of(format).name()).isEqualTo(schema);
    }

    @Test
    void the_sources_own_is_only_known_by_asking_it() {
        assertThat(of("${source.schema}.${source.table}").sameAsSource()).isTrue();
        assertThat(of("\"${source.schema}\".\"${source.table}\"").sameAsSource())
                .isTrue();
    }

    @Test
    void what_is_known_only_with_the_records_is_refused() {
        assertThatThrownBy(() -> of("${source.db}_copy.${source.table}")).isInstanceOf(SystemException.class);
    }

    private static TargetSchema of(String format) {
        return TargetSchema.of(Config.of(Map.of("collection.name.format", format)));
    }
}
