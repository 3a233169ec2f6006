package io.signalbox.processor.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Command;
import io.signalbox.processor.domain.Event;
import io.signalbox.schemas.Schemas;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A command or an event that was forgotten on either side fails here. */
class CodecTest {

    @Test
    void every_command_has_its_schema_and_every_schema_its_command() {
        assertThat(names(Command.class)).containsExactlyInAnyOrderElementsOf(Schemas.COMMANDS);
        new RecordTypes(Command.class, Schemas::command);
    }

    @Test
    void every_event_has_its_schema_and_every_schema_its_event() {
        assertThat(names(Event.class)).containsExactlyInAnyOrderElementsOf(Schemas.EVENTS);
        new RecordTypes(Event.class, Schemas::event);
    }

    private static List<String> names(Class<?> sealed) {
        return RecordTypes.leaves(sealed).stream().map(Class::getSimpleName).toList();
    }
}
