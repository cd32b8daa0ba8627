package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorbellTest {
    /** Longer than any test waits: who sleeps it out has not been woken. */
    private static final long FOR_EVER_NS = Duration.ofHours(1).toNanos();

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Doorbell doorbell = new Doorbell(new SleepingIdleStrategy(FOR_EVER_NS), 0);

    @Test
    void shouldEndASleepWhenItIsRung() throws InterruptedException {
        final Thread sleeper = new Thread(() -> doorbell.idle(0));
        sleeper.start();
        while (sleeper.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        doorbell.ring();
        sleeper.join(PATIENCE.toMillis());
        assertThat(sleeper.isAlive()).isFalse();
    }

    @Test
    void shouldNotSleepWhenItWasRungBefore() throws InterruptedException {
        final Thread sleeper = new Thread(() -> doorbell.idle(0));
        doorbell.ring();
        sleeper.start();
        sleeper.join(PATIENCE.toMillis());
        assertThat(sleeper.isAlive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void shouldMissNoRingOfAnotherThread(final int leftAlone) throws InterruptedException {
        final Doorbell doorbell = new Doorbell(new YieldsThenSleeps(leftAlone), leftAlone);
        final int rings = 50_000;
        final AtomicInteger given = new AtomicInteger();
        final AtomicInteger seen = new AtomicInteger();
        final Thread sleeper = new Thread(() -> {
            while (seen.get() < rings) {
                final int now = given.get();
                final int work = now - seen.get();
                seen.set(now);
                if (now < rings) {
                    doorbell.idle(work);
                }
            }
        });
        sleeper.setDaemon(true);
        sleeper.start();
        for (int i = 0; i < rings; i++) {
            given.incrementAndGet();
            doorbell.ring();
            if (i % 2 == 0) {
                LockSupport.parkNanos(1); // so that it sleeps now and then
            }
        }
        sleeper.join(PATIENCE.toMillis());
        assertThat(seen).hasValue(rings);
    }

    @Test
    void shouldLeaveTheFirstIdleRoundsAfterWorkAlone() {
        final Scripted strategy = new Scripted();
        final Doorbell patient = new Doorbell(strategy, 2);
        strategy.meanwhile = patient::ring;
        patient.idle(0);
        patient.idle(0);
        assertThat(strategy.calls).as("rung in both").hasToString("idle idle ");
        patient.idle(0);
        assertThat(strategy.calls).as("the second ring is heard").hasToString("idle idle reset ");
        patient.idle(0);
        patient.idle(0);
        strategy.meanwhile = () -> {};
        patient.idle(0);
        assertThat(strategy.calls).hasToString("idle idle reset idle idle reset ");
        patient.idle(1);
        patient.ring();
        patient.idle(0);
        patient.idle(0);
        patient.idle(0);
        assertThat(strategy.calls)
                .as("work that was rung for is no reason to stay awake later")
                .hasToString("idle idle reset idle idle reset reset idle idle idle ");
    }

    @Test
    void shouldWakeOnlyWhoSleepsBehindThem() throws InterruptedException {
        final Duration shortSleep = Duration.ofMillis(20);
        final Doorbell patient = new Doorbell(new SleepingIdleStrategy(shortSleep.toNanos()), 1);
        final AtomicBoolean isOver = new AtomicBoolean();
        final Thread ringer = new Thread(() -> {
            while (!isOver.get()) {
                patient.ring();
            }
        });
        ringer.start();
        final long start = System.nanoTime();
        patient.idle(0);
        final long slept = System.nanoTime() - start;
        isOver.set(true);
        ringer.join(PATIENCE.toMillis());
        assertThat(slept).isGreaterThanOrEqualTo(shortSleep.toNanos());
    }

    @Test
    void shouldIdleAsItsStrategyDoesWhenNobodyRings() {
        final Scripted strategy = new Scripted();
        final Doorbell quiet = new Doorbell(strategy, 0);
        quiet.idle(0);
        quiet.idle(0);
        quiet.idle(3);
        quiet.idle(0);
        quiet.ring();
        quiet.idle(0);
        quiet.idle(0);
        assertThat(strategy.calls).hasToString("idle idle reset idle reset idle ");
    }

    /** Yields in its first rounds, and sleeps for ever in those behind. */
    private static final class YieldsThenSleeps implements IdleStrategy {
        private final int yields;
        private int rounds;

        YieldsThenSleeps(final int yields) {
            this.yields = yields;
        }

        @Override
        public void idle(final int workCount) {
            if (workCount > 0) {
                reset();
            } else {
                idle();
            }
        }

        @Override
        public void idle() {
            if (rounds++ < yields) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(FOR_EVER_NS);
            }
        }

        @Override
        public void reset() {
            rounds = 0;
        }
    }

    /** Notes what it is asked, and does something while it idles. */
    private static final class Scripted implements IdleStrategy {
        final StringBuilder calls = new StringBuilder();
        Runnable meanwhile = () -> {};

        @Override
        public void idle(final int workCount) {
            calls.append("idle(").append(workCount).append(") ");
        }

        @Override
        public void idle() {
            calls.append("idle ");
            meanwhile.run();
        }

        @Override
        public void reset() {
            calls.append("reset ");
        }
    }
}
