package io.pinion.jmh.rig;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class HighestRateTest {
    @Property
    void shouldComeCloseToWhatCanBeHeld(@ForAll @LongRange(min = 5_000, max = 20_000_000) final long limit) {
        final HighestRate search = new HighestRate();
        int tries = 0;
        for (long rate = search.next(); rate > 0; rate = search.next()) {
            search.tried(rate, rate <= limit);
            assertThat(++tries).isLessThan(60);
        }

        assertThat(search.held()).isBetween(limit - limit / 15, limit);
    }

    @Test
    void shouldTryARateAgainThatWasMissedOnce() {
        final HighestRate search = new HighestRate();
        search.tried(search.next(), true);
        final long rate = search.next();
        search.tried(rate, false);

        assertThat(search.next()).isEqualTo(rate);
        search.tried(rate, true);
        assertThat(search.held()).isEqualTo(rate);
        assertThat(search.next()).isEqualTo(rate * 2);
    }

    @Test
    void shouldEndWhereNothingIsHeld() {
        final HighestRate search = new HighestRate();
        int tries = 0;
        for (long rate = search.next(); rate > 0; rate = search.next()) {
            search.tried(rate, false);
            assertThat(++tries).isLessThan(60);
        }

        assertThat(search.held()).isZero();
    }
}
