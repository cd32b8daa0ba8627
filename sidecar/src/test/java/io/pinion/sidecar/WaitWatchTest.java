package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WaitWatchTest {
    private static final Map<String, String> WAITING = Map.of("training", "no consumer");

    private final List<String> told = new ArrayList<>();
    private final WaitWatch watch = new WaitWatch(told::add);

    @Test
    void shouldSayNothingOfAWaitBelowASecond() {
        watch.observe(WAITING, 0);
        watch.observe(WAITING, TimeUnit.MILLISECONDS.toNanos(999));
        watch.observe(Map.of(), TimeUnit.SECONDS.toNanos(2));

        assertThat(told).isEmpty();
    }

    @Test
    void shouldTellOfAWaitOfASecondOnceAndThenEveryTen() {
        for (int tenths = 0; tenths <= 210; tenths++) {
            watch.observe(WAITING, TimeUnit.MILLISECONDS.toNanos(100L * tenths));
        }

        assertThat(told).hasSize(3).containsOnly("waiting for \"training\": no consumer");
    }

    @Test
    void shouldTellThatATargetTakesEventsAgainOnlyWhenItsWaitWasTold() {
        watch.observe(WAITING, 0);
        watch.observe(WAITING, TimeUnit.SECONDS.toNanos(1));
        watch.observe(Map.of(), TimeUnit.SECONDS.toNanos(2));
        watch.observe(WAITING, TimeUnit.SECONDS.toNanos(3));
        watch.observe(Map.of(), TimeUnit.MILLISECONDS.toNanos(3_500));

        assertThat(told).containsExactly("waiting for \"training\": no consumer", "\"training\" takes events again");
    }
}
