package io.signalbox.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What readers share of the questions for the end of the log: the broker's answers come when the test says so. */
class ReadIndexTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<KafkaFutureImpl<ListOffsetsResultInfo>> questions =
            Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> readers = new ArrayList<>();
    private volatile RuntimeException closed;
    private final ReadIndex index = new ReadIndex(admin(), "log", "group");

    @AfterEach
    void endReaders() {
        readers.forEach(Thread::interrupt);
    }

    @Test
    void who_comes_while_kafka_is_asked_shares_the_next_question_and_never_that_one() throws Exception {
        Future<Long> first = ask(0);
        awaitQuestions(1);
        List<Future<Long>> later = List.of(ask(0), ask(0), ask(0));
        awaitReaders();

        answer(0, 10);
        assertThat(first.get()).isEqualTo(10);
        awaitQuestions(2);
        assertThat(later).noneMatch(Future::isDone);

        answer(1, 12);
        for (Future<Long> each : later) {
            assertThat(each.get()).isEqualTo(12);
        }
        assertThat(questions).hasSize(2);
    }

    @Test
    void another_partition_waits_for_nobody() throws Exception {
        ask(0);
        awaitQuestions(1);
        Future<Long> other = ask(1);
        awaitQuestions(2);
        answer(1, 5);
        assertThat(other.get()).isEqualTo(5);
    }

    @Test
    void a_failure_is_told_to_who_asked_and_the_next_question_is_asked_all_the_same() throws Exception {
        Future<Long> first = ask(0);
        awaitQuestions(1);
        Future<Long> second = ask(0);
        awaitReaders();

        questions.getFirst().completeExceptionally(new UnknownTopicOrPartitionException("gone"));
        assertThatThrownBy(first::get).hasCauseInstanceOf(StoreUnavailableException.class);
        awaitQuestions(2);
        answer(1, 3);
        assertThat(second.get()).isEqualTo(3);
    }

    @Test
    void a_client_that_is_closed_is_no_end_of_the_log_and_leaves_nobody_waiting() {
        closed = new IllegalStateException("closed");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> index.end(0, PATIENCE)).isInstanceOf(StoreUnavailableException.class);
        }
    }

    private Future<Long> ask(int partition) {
        var reader = new FutureTask<>(() -> index.end(partition, PATIENCE));
        readers.add(Thread.ofPlatform().daemon().start(reader));
        return reader;
    }

    private void answer(int question, long offset) {
        questions.get(question).complete(new ListOffsetsResultInfo(offset, -1, Optional.empty()));
    }

    private void awaitQuestions(int count) {
        Awaitility.await().until(() -> questions.size() == count);
    }

    /** Nobody is on his way any more: who has no answer waits for one. */
    private void awaitReaders() {
        Awaitility.await()
                .until(() -> readers.stream()
                        .allMatch(reader -> reader.getState() == Thread.State.TIMED_WAITING || !reader.isAlive()));
    }

    private Admin admin() {
        return (Admin) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("listOffsets");
                    if (closed != null) {
                        throw closed;
                    }
                    var place = (TopicPartition)
                            ((Map<?, ?>) arguments[0]).keySet().iterator().next();
                    var question = new KafkaFutureImpl<ListOffsetsResultInfo>();
                    questions.add(question);
                    return new ListOffsetsResult(
                            Map.<TopicPartition, KafkaFuture<ListOffsetsResultInfo>>of(place, question));
                });
    }
}
