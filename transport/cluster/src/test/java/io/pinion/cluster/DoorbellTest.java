package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.junit.jupiter.api.Test;

class DoorbellTest {
    /** Longer than any test waits: who sleeps it out has not been woken. */
    private static final long FOR_EVER_NS = Duration.ofHours(1).toNanos();

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Doorbell doorbell = new Doorbell(new SleepingIdleStrategy(FOR_EVER_NS));

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

    @Test
    void shouldMissNoRingOfAnotherThread() throws InterruptedException {
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
    void shouldIdleAsItsStrategyDoesWhenNobodyRings() {
        final StringBuilder calls = new StringBuilder();
        final Doorbell quiet = new Doorbell(new IdleStrategy() {
            @Override
            public void idle(final int workCount) {
                calls.append("idle(").append(workCount).append(") ");
            }

            @Override
            public void idle() {
                calls.append("idle ");
            }

            @Override
            public void reset() {
                calls.append("reset ");
            }
        });
        quiet.idle(0);
        quiet.idle(0);
        quiet.idle(3);
        quiet.idle(0);
        quiet.ring();
        quiet.idle(0);
        quiet.idle(0);
        assertThat(calls).hasToString("idle idle reset idle reset idle ");
    }
}
