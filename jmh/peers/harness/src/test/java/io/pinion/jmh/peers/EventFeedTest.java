package io.pinion.jmh.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventFeedTest {
    private final EventFeed feed = new EventFeed();

    @Test
    void shouldHaveNoEventBeforeABurst() {
        assertThat(feed.poll()).isEqualTo(EventFeed.NONE);
    }

    @Test
    void shouldGiveAnUnpacedBurstAtOnceAndWithoutTimes() {
        feed.give(new Burst(0, 2, Burst.UNPACED, 0));

        assertThat(feed.poll()).isEqualTo(0);
        assertThat(feed.dueNs()).isEqualTo(0);
        assertThat(feed.poll()).isEqualTo(1);
        assertThat(feed.poll()).isEqualTo(EventFeed.NONE);
    }

    @Test
    void shouldKeepAnEventUntilItIsDue() {
        feed.give(new Burst(0, 1, 1, EventFeed.nowNs() + TimeUnit.HOURS.toNanos(1)));

        assertThat(feed.poll()).isEqualTo(EventFeed.NONE);
    }

    @Test
    void shouldGiveWhatIsOverdueWithTheTimesItWasDue() {
        final long startNs = EventFeed.nowNs() - TimeUnit.SECONDS.toNanos(1);
        feed.give(new Burst(0, 3, 1_000, startNs));

        for (int i = 0; i < 3; i++) {
            assertThat(feed.poll()).isEqualTo(i);
            assertThat(feed.dueNs() - startNs)
                    .isBetween(TimeUnit.MILLISECONDS.toNanos(i), TimeUnit.MILLISECONDS.toNanos(i + 1));
        }
    }

    @Test
    void shouldGoOnWithTheNextBurst() {
        feed.give(new Burst(0, 1, Burst.UNPACED, 0));
        feed.poll();

        feed.give(new Burst(1, 2, Burst.UNPACED, 0));

        assertThat(feed.poll()).isEqualTo(1);
    }

    @Test
    void shouldStopSpinningAtItsEnd() {
        feed.end();

        assertThat(feed.take()).isEqualTo(EventFeed.NONE);
    }
}
