package io.pinion.operators;

import io.pinion.engine.GraphException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/**
 * Which share of the keys a sample keeps. Immutable: each option gives another one. Begun by {@link Operators#oneIn} or
 * {@link Operators#percent}.
 */
public final class Share {
    /** The hashes of keys, as numbers of so many bits, that are below share · 2⁶² are kept. */
    private static final int HASH_BITS = 62;

    private final String words;
    private final long limit;
    private final String salt;
    private final Otherwise keyless;

    private Share(final String words, final long limit, final String salt, final Otherwise keyless) {
        this.words = words;
        this.limit = limit;
        this.salt = salt;
        this.keyless = keyless;
    }

    static Share oneIn(final int n) {
        if (n < 1) {
            throw new GraphException(
                    String.format(Locale.ROOT, "oneIn(%,d) is not possible: use 1 (every key) or more.", n));
        }
        return new Share(String.format(Locale.ROOT, "one in %,d", n), limit(1.0 / n), "", Otherwise.PASS);
    }

    static Share percent(final double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new GraphException("percent(" + percent + ") is not possible: use 0 to 100.");
        }
        return new Share(percent + " %", limit(percent / 100), "", Otherwise.PASS);
    }

    /** Division and scaling by a power of two round monotonely: a larger share never has a smaller limit. */
    private static long limit(final double share) {
        return (long) (share * (1L << HASH_BITS));
    }

    /**
     * Makes the choice another one: samples of different salts are independent of each other, those of the same salt keep
     * the same keys (and the larger share all that the smaller one keeps).
     *
     * @param newSalt any text; empty unless this says otherwise.
     * @return another one.
     */
    public Share salt(final String newSalt) {
        return new Share(words, limit, Objects.requireNonNull(newSalt, "salt"), keyless);
    }

    /**
     * What becomes of an event without a key: one whose key has only fields of text or bytes, all of them empty.
     *
     * @param otherwise it passes unless this says otherwise.
     * @return another one.
     */
    public Share keyless(final Otherwise otherwise) {
        return new Share(words, limit, salt, Objects.requireNonNull(otherwise, "otherwise"));
    }

    Otherwise keyless() {
        return keyless;
    }

    boolean keeps(final long hash) {
        return hash >>> Long.SIZE - HASH_BITS < limit;
    }

    /** The key under which the keys of events are hashed: 128 bits of hash of the salt. */
    SipHash128 hashOfSalt() {
        final byte[] bytes = salt.getBytes(StandardCharsets.UTF_8);
        final SipHash128 hash = new SipHash128();
        hash.bytes(bytes, 0, bytes.length);
        return hash;
    }

    String describe() {
        return words + " by key" + (salt.isEmpty() ? "" : ", salt \"" + salt + "\"");
    }
}
