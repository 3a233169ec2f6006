package io.signalbox.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.signalbox.processor.domain.AccessKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Knows by an id and a secret who asks. The slow hash is asked once in a while: between, both are known again by a fingerprint,
 * for as long as the key is what it was. Safe for use by many threads.
 */
public final class KeyVerifier {

    /** Since it was last seen: a key that is in use is not hashed again. It is looked at whether it still is the same. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private static final int MOST = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Hashing is all work: who tries out secrets must not take all processors. */
    private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    /** @param principal null when the secret is not the key's */
    private record Seen(AccessKey key, Principal principal) {}

    private final AccessKeys keys;
    private final AdminKey admin;
    private final Fingerprints fingerprints;
    private final Semaphore hashing = new Semaphore(AT_ONCE, true);
    // One at a time for each key: who tries out secrets of one must not keep out the others.
    private final Cache<String, Semaphore> turns = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(REMEMBERED)
            .build();
    private final Cache<String, Seen> good = cache();
    // Apart, so that those who try out secrets push nobody out.
    private final Cache<String, Seen> bad = cache();

    /** @param admin null for none */
    public KeyVerifier(AccessKeys keys, AdminKey admin, SecureRandom random) {
        this.keys = keys;
        this.admin = admin;
        this.fingerprints = new Fingerprints(random);
    }

    private static Cache<String, Seen> cache() {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(REMEMBERED)
                .build();
    }

    /**
     * @param attempt is asked before a slow hash, and has to be paid for by the caller when it fails otherwise
     * @throws BadCredentialsException when there is no such key, it was revoked, or the secret is another
     * @throws TooBusyException when too many others are being checked
     * @throws TooManyFailuresException when a slow hash would be needed, and there is no try left for it
     * @throws io.signalbox.api.query.StoreUnavailableException when this replica does not know the keys yet
     */
    public Principal verify(String id, String secret, FailedTries.Try attempt) throws BadCredentialsException {
        if (admin != null && admin.is(id)) {
            if (!admin.matches(secret)) {
                throw new BadCredentialsException("another secret");
            }
            return new Principal("key:" + id, Grants.EVERYTHING);
        }
        var key = keys.find(id).orElseThrow(() -> new BadCredentialsException("no such key"));
        var fingerprint = fingerprints.of(id + ":" + secret);
        var seen = seen(fingerprint, key);
        if (seen == null) {
            seen = inTurn(fingerprint, key, secret, attempt);
        }
        if (seen.principal() == null) {
            throw new BadCredentialsException("another secret");
        }
        return seen.principal();
    }

    private Seen seen(String fingerprint, AccessKey now) {
        var found = good.getIfPresent(fingerprint);
        if (found == null) {
            found = bad.getIfPresent(fingerprint);
        }
        return found != null && found.key().equals(now) ? found : null;
    }

    private Seen inTurn(String fingerprint, AccessKey key, String secret, FailedTries.Try attempt) {
        if (!attempt.possible()) {
            throw new TooManyFailuresException();
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        var turn = turns.get(key.key().id(), id -> new Semaphore(1, true));
        acquire(turn, until);
        try {
            // Many with the same credentials come at once, and the first has found it out.
            var seen = seen(fingerprint, key);
            return seen == null ? check(fingerprint, key, secret, attempt, until) : seen;
        } finally {
            turn.release();
        }
    }

    private Seen check(String fingerprint, AccessKey key, String secret, FailedTries.Try attempt, long until) {
        acquire(hashing, until);
        try {
            // Before the hash: of many who guess at once, each has to have a try of his own.
            if (!attempt.pay()) {
                throw new TooManyFailuresException();
            }
            boolean right = SecretHash.matches(key.hash(), secret);
            var seen = new Seen(key, right ? new Principal("key:" + key.key().id(), Grants.known(key.grants())) : null);
            (right ? good : bad).put(fingerprint, seen);
            return seen;
        } finally {
            hashing.release();
        }
    }

    private static void acquire(Semaphore permits, long until) {
        try {
            if (!permits.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new TooBusyException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooBusyException();
        }
    }
}
