package io.signalbox.api.pipeline.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.processor.domain.Config;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** To which topics a source writes. */
class RowTopicsTest {

    @Test
    void a_table_has_a_topic_of_its_name() {
        var topics = new RowTopics(Config.of(Map.of("topic.prefix", "sm.orders")));
        assertThat(topics.of(Set.of("public.t", "Größe.a b")))
                .isEqualTo(
                        Map.of("sm.orders.public.t", Set.of("public.t"), "sm.orders.Gr__e.a_b", Set.of("Größe.a b")));
    }

    @Test
    void a_router_makes_another_one_of_it() {
        var topics = new RowTopics(Config.of(Map.of(
                "topic.prefix",
                "sm.orders",
                "transforms.topic.regex",
                "sm\\.orders\\.([^.]+)\\.(.+)",
                "transforms.topic.replacement",
                "out.$1")));
        assertThat(topics.of(Set.of("public.t", "public.u")))
                .isEqualTo(Map.of("out.public", Set.of("public.t", "public.u")));
    }
}
