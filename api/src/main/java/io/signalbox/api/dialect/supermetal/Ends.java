package io.signalbox.api.dialect.supermetal;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.api.dialect.supermetal.mapping.Mapper;
import io.signalbox.api.dialect.supermetal.model.ConnectorShape;
import io.signalbox.api.dialect.supermetal.model.Fate.Kind;
import io.signalbox.api.dialect.supermetal.model.Gaps;
import io.signalbox.api.dialect.supermetal.model.Wrong;
import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.Config;
import io.signalbox.processor.domain.PipelineKey;
import java.util.Optional;

/** Sources and sinks alone, as configs of connectors that are only there to say where something is. */
final class Ends {

    private static final String NO_ID = "id";

    private final Mapper mapper;

    Ends(Mapper mapper) {
        this.mapper = mapper;
    }

    /**
     * @param source normalised, with its secrets in clear
     * @throws io.signalbox.api.http.Refusal 422 naming the first field that asks for what cannot be done
     */
    Config sourceOrRefusal(ClusterKey cluster, JsonNode source) {
        Gaps.of(ConnectorShape.SOURCE, source, "/source").stream()
                .filter(gap -> gap.fate().kind() == Kind.REFUSED)
                .findFirst()
                .ifPresent(gap -> {
                    throw Wrong.notRunnable(gap.pointer(), gap.fate().sentence());
                });
        return source(cluster, source);
    }

    /** The same of what nothing is refused of by its fields. */
    Config source(ClusterKey cluster, JsonNode source) {
        return Config.of(mapper.source(key(cluster), source));
    }

    /** @return empty where there is nothing at the end but Kafka itself */
    Optional<Config> sink(ClusterKey cluster, JsonNode sink) {
        return mapper.sink(key(cluster), sink).map(Config::of);
    }

    private static PipelineKey key(ClusterKey cluster) {
        return SupermetalBase.key(cluster, NO_ID);
    }
}
