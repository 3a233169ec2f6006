package io.signalbox.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static final byte[] SOME = {1, 2, 3};

    @Test
    void answers_come_back_in_order_with_those_that_are_not_there() throws IOException {
        byte[] body = Batch.answers(Arrays.asList(SOME, Batch.NOT_HERE, new byte[0]));
        assertThat(Batch.answers(body, 3)).containsExactly(SOME, Batch.NOT_HERE, new byte[0]);
    }

    @Test
    void questions_come_back_as_they_were() {
        var questions = List.of("/a?key=" + Question.encode("x/y!ü") + "&b=c", "/b?q=&q=1+2");
        var path = Batch.path(questions);
        assertThat(Batch.questions(path.substring(path.indexOf('?') + 1))).isEqualTo(questions);
    }

    @Test
    void what_ends_too_early_is_no_answer() {
        byte[] body = Batch.answers(List.of(SOME));
        assertThatThrownBy(() -> Batch.answers(Arrays.copyOf(body, body.length - 1), 1))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Batch.answers(body, 2)).isInstanceOf(EOFException.class);
    }
}
