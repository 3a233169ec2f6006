package io.signalbox.processor.domain;

import java.time.Instant;
import java.util.List;

/**
 * What somebody proves by that he is who he is. The secret half of it was told once, and is nowhere.
 *
 * @param name what it is for, in its maker's words
 * @param hash of the secret, with all that is needed to check one against it
 * @param grants what it may do: each a role and where it holds, as the API reads them
 * @param createdBy the actor who made it
 * @param revoked true once it is worth nothing; it stays in the store so that its id is never used again
 * @param revision counts events, from 1
 */
public record AccessKey(
        AccessKeyId key,
        String name,
        String hash,
        List<String> grants,
        String createdBy,
        boolean revoked,
        long revision,
        Instant createdAt,
        Instant updatedAt) {

    public AccessKey {
        grants = List.copyOf(grants);
    }

    @Override
    public String toString() {
        return "AccessKey[" + key.id() + " " + name + " " + grants + (revoked ? " revoked]" : "]");
    }
}
