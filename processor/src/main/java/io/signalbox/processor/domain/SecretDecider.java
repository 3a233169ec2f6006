package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Decision.accept;
import static io.signalbox.processor.domain.Decision.reject;

import io.signalbox.processor.domain.Command.CreateSecret;
import io.signalbox.processor.domain.Command.DeleteSecret;
import io.signalbox.processor.domain.Command.ReplaceSecret;
import io.signalbox.processor.domain.Command.ReportSecretResealed;
import io.signalbox.processor.domain.Event.SecretCreated;
import io.signalbox.processor.domain.Event.SecretDeleted;
import io.signalbox.processor.domain.Event.SecretReplaced;
import io.signalbox.processor.domain.Event.SecretResealed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The rules and the fold for one stored secret. It is sealed, and nothing here opens it. Whether a config refers to it is of no
 * interest: what is deleted is missed when it is needed next.
 */
public final class SecretDecider {

    private SecretDecider() {}

    /** @param now null when there never was one of this id */
    public static Decision decide(StoredSecret now, CommandEnvelope envelope, Command.OfSecret command) {
        boolean there = now != null && !now.deleted();
        if (!envelope.precondition().holds(now)) {
            return reject(RejectionCode.PRECONDITION_FAILED, "The secret is not as the request requires");
        }
        return switch (command) {
            case CreateSecret c ->
                there
                        ? reject(RejectionCode.ALREADY_EXISTS, "There is a secret of this id")
                        : accept(new SecretCreated(c.data(), c.labels()));
            case ReplaceSecret c -> there ? replace(now, c) : absent();
            case DeleteSecret c -> there ? accept(new SecretDeleted()) : absent();
            case ReportSecretResealed c -> there ? reseal(now, c) : accept();
        };
    }

    private static Decision replace(StoredSecret now, ReplaceSecret command) {
        var labels = command.labels() == null ? now.labels() : new TreeMap<>(command.labels());
        return command.data().equals(now.data()) && labels.equals(now.labels())
                ? accept()
                : accept(new SecretReplaced(command.data(), labels));
    }

    /** What was replaced meanwhile is no longer there, and is left. */
    private static Decision reseal(StoredSecret now, ReportSecretResealed command) {
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        for (int i = 0; i < Math.min(command.before().size(), command.after().size()); i++) {
            String text = command.before().get(i);
            if (text.equals(now.data()) || now.previous().contains(text)) {
                before.add(text);
                after.add(command.after().get(i));
            }
        }
        return before.isEmpty() ? accept() : accept(new SecretResealed(before, after));
    }

    private static Decision absent() {
        return reject(RejectionCode.NOT_FOUND, "There is no secret of this id");
    }

    public static StoredSecret fold(StoredSecret now, RecordedEvent recorded, Event.OfSecret event) {
        var key = (SecretId) recorded.key();
        return switch (event) {
            case SecretCreated e ->
                new StoredSecret(
                        key,
                        e.data(),
                        List.of(),
                        new TreeMap<>(e.labels()),
                        false,
                        recorded.revision(),
                        recorded.at(),
                        recorded.at());
            case SecretReplaced e -> with(now, recorded, e.data(), previous(now, e.data()), new TreeMap<>(e.labels()));
            case SecretResealed e ->
                with(
                        now,
                        recorded,
                        renewed(now.data(), e),
                        now.previous().stream().map(text -> renewed(text, e)).toList(),
                        now.labels());
            case SecretDeleted e ->
                new StoredSecret(
                        key,
                        "",
                        List.of(),
                        new TreeMap<>(Map.of()),
                        true,
                        recorded.revision(),
                        now.createdAt(),
                        recorded.at());
        };
    }

    private static StoredSecret with(
            StoredSecret now,
            RecordedEvent recorded,
            String data,
            List<String> previous,
            SortedMap<String, String> labels) {
        return new StoredSecret(
                now.key(), data, previous, labels, false, recorded.revision(), now.createdAt(), recorded.at());
    }

    private static List<String> previous(StoredSecret now, String data) {
        return Stream.concat(Stream.of(now.data()), now.previous().stream())
                .filter(text -> !text.equals(data))
                .limit(StoredSecret.MOST_PREVIOUS)
                .toList();
    }

    private static String renewed(String text, SecretResealed event) {
        int at = event.before().indexOf(text);
        return at < 0 ? text : event.after().get(at);
    }
}
