package io.pinion.sidecar.chaos;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** All that a round leaves to chance, from its seed: the same seed makes the same choices. One thread. */
final class Dice {
    private final long seed;
    private final SplittableRandom random;

    Dice(final long seed) {
        this.seed = seed;
        random = new SplittableRandom(seed);
    }

    long seed() {
        return seed;
    }

    /** A seed for somebody else. */
    long nextSeed() {
        return random.nextLong() & Long.MAX_VALUE;
    }

    /** One of the list. */
    <T> T one(final List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A number of the range, both ends included. */
    int number(final int least, final int most) {
        return random.nextInt(least, most + 1);
    }

    /** A time of the range. */
    Duration time(final Duration least, final Duration most) {
        return Duration.ofNanos(random.nextLong(least.toNanos(), most.toNanos() + 1));
    }
}
