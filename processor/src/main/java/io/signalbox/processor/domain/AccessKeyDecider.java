package io.signalbox.processor.domain;

import static io.signalbox.processor.domain.Decision.accept;
import static io.signalbox.processor.domain.Decision.reject;

import io.signalbox.processor.domain.Command.CreateAccessKey;
import io.signalbox.processor.domain.Command.RevokeAccessKey;
import io.signalbox.processor.domain.Event.AccessKeyCreated;
import io.signalbox.processor.domain.Event.AccessKeyRevoked;

/** The rules and the fold for one access key. What was revoked stays so, and its id is never used again. */
public final class AccessKeyDecider {

    private AccessKeyDecider() {}

    /** @param now null when there never was one of this id */
    public static Decision decide(AccessKey now, CommandEnvelope envelope, Command.OfAccessKey command) {
        if (!envelope.precondition().holds(now)) {
            return reject(RejectionCode.PRECONDITION_FAILED, "The access key is not as the request requires");
        }
        return switch (command) {
            case CreateAccessKey c ->
                now == null
                        ? accept(new AccessKeyCreated(c.name(), c.hash(), c.grants()))
                        : reject(RejectionCode.ALREADY_EXISTS, "There is, or was, an access key of this id");
            case RevokeAccessKey c ->
                now != null && !now.revoked()
                        ? accept(new AccessKeyRevoked())
                        : reject(RejectionCode.NOT_FOUND, "There is no access key of this id");
        };
    }

    public static AccessKey fold(AccessKey now, RecordedEvent recorded, Event.OfAccessKey event) {
        return switch (event) {
            case AccessKeyCreated e ->
                new AccessKey(
                        (AccessKeyId) recorded.key(),
                        e.name(),
                        e.hash(),
                        e.grants(),
                        recorded.actor(),
                        false,
                        recorded.revision(),
                        recorded.at(),
                        recorded.at());
            case AccessKeyRevoked e ->
                new AccessKey(
                        now.key(),
                        now.name(),
                        now.hash(),
                        now.grants(),
                        now.createdBy(),
                        true,
                        recorded.revision(),
                        now.createdAt(),
                        recorded.at());
        };
    }
}
