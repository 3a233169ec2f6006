package io.signalbox.api.query;

import io.signalbox.processor.domain.ClusterKey;
import io.signalbox.processor.domain.ConnectorState;
import io.signalbox.processor.domain.HistoryEntry;
import io.signalbox.processor.domain.ObservedOffsets;
import io.signalbox.processor.topology.PartitionStores;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Something to ask of one partition: of the stores, if they are here, or of the replica that has them.
 *
 * @param path makes that of the internal endpoint, with its query, for who needs it
 * @param small whether the answer is a single state, so that it may come together with others, and also while it is only foreseen
 */
record Question<T>(
        Function<PartitionStores, T> here, Supplier<String> path, boolean small, Function<byte[], T> decode) {

    static final String FIND = "/internal/v1/connector";
    static final String LIST = "/internal/v1/connectors";
    static final String OFFSETS = "/internal/v1/offsets";
    static final String HISTORY = "/internal/v1/history";
    static final String THEN = "/internal/v1/then";
    static final String SECRETS = "/internal/v1/secrets";
    static final String QUOTA = "/internal/v1/quota";

    static Question<Optional<ConnectorState>> find(int partition, String key, PeerCodec codec) {
        return new Question<>(
                stores -> stores.find(key),
                () -> FIND + "?partition=" + partition + "&key=" + encode(key),
                true,
                codec::state);
    }

    static Question<Optional<ObservedOffsets>> offsets(int partition, String key, KnownOffsets which, PeerCodec codec) {
        return new Question<>(
                stores -> LocalStores.offsets(stores, key, which),
                () -> OFFSETS + "?partition=" + partition + "&key=" + encode(key) + "&which=" + which,
                false,
                codec::offsets);
    }

    static Question<List<HistoryEntry>> history(int partition, String key, HistoryPage page, PeerCodec codec) {
        return new Question<>(
                stores -> LocalStores.history(stores, key, page),
                () -> HISTORY + "?partition=" + partition + "&key=" + encode(key) + "&before=" + page.before()
                        + "&limit=" + page.limit() + "&observed=" + page.observed(),
                false,
                codec::entries);
    }

    static Question<Optional<Then>> then(int partition, String key, Moment moment, PeerCodec codec) {
        return new Question<>(
                stores -> LocalStores.then(stores, key, moment),
                () -> THEN + "?partition=" + partition + "&key=" + encode(key)
                        + switch (moment) {
                            case Moment.Revision r -> "&revision=" + r.number();
                            case Moment.Time t -> "&time=" + encode(t.at().toString());
                        },
                false,
                codec::then);
    }

    static Question<Optional<QuotaSeen>> quota(int partition, String environment, PeerCodec codec) {
        return new Question<>(
                stores -> LocalStores.quota(stores, environment),
                () -> QUOTA + "?partition=" + partition + "&environment=" + encode(environment),
                false,
                codec::quota);
    }

    static Question<KeyUse> secrets(int partition) {
        return new Question<>(LocalStores::keyUse, () -> SECRETS + "?partition=" + partition, false, KeyUse::read);
    }

    /** The cursor is to be closed. */
    static Question<Cursor> list(int partition, ClusterKey cluster, Selection selection, PeerCodec codec) {
        return new Question<>(
                stores -> LocalStores.cursor(stores, cluster, selection.after()),
                () -> list(partition, cluster, selection),
                false,
                body -> Cursor.over(codec.states(body).iterator()));
    }

    private static String list(int partition, ClusterKey cluster, Selection selection) {
        var path = new StringBuilder(LIST + "?partition=" + partition + "&cluster=" + encode(cluster.toString()));
        path.append("&limit=").append(selection.limit());
        path.append("&text=").append(encode(selection.text()));
        selection.states().forEach(state -> path.append("&state=").append(state));
        if (selection.after() != null) {
            path.append("&after=").append(encode(selection.after()));
        }
        return path.toString();
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
