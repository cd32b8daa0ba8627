package io.pinion.operators;

import static io.pinion.operators.Operators.perHour;
import static io.pinion.operators.Operators.perMinute;
import static io.pinion.operators.Operators.perSecond;
import static io.pinion.operators.Operators.rateLimit;
import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Stage;
import io.pinion.engine.StageHarness;
import io.pinion.engine.StageHarness.Outcome;
import io.pinion.engine.Text;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** A rate limit against {@link RateLimitModel}, saved and restored between any two events, and once between all. */
class RateLimitModelTest {
    /** One event: its key (0 is none where keys are text), how far the log's time goes on, and what happens before it. */
    private record Step(int key, long logStepUs, boolean restartBefore, boolean userFunctionThrows) {}

    private static final long NOW_US = 1_760_000_000_000_000L;

    @Property
    void shouldDoWhatTheModelDoesByANumber(
            @ForAll("limits") final Rate.Limited limit,
            @ForAll("steps") final List<Step> steps,
            @ForAll final boolean restartAlways)
            throws IOException {
        run(limit, steps, NOW_US, restartAlways, () -> rateLimit("calm", RateLimitModelTest::number, limit));
    }

    @Property
    void shouldDoWhatTheModelDoesByText(
            @ForAll("limits") final Rate.Limited limit,
            @ForAll("steps") final List<Step> steps,
            @ForAll final boolean restartAlways)
            throws IOException {
        run(limit, steps, NOW_US, restartAlways, () -> rateLimit("calm", RateLimitModelTest::fields, limit));
    }

    @Property
    void shouldDoWhatTheModelDoesAtBothEndsOfTime(
            @ForAll("limits") final Rate.Limited limit, @ForAll("stepsOfAnyLength") final List<Step> steps)
            throws IOException {
        run(limit, steps, Long.MIN_VALUE, false, () -> rateLimit("calm", RateLimitModelTest::number, limit));
    }

    private static void run(
            final Rate.Limited limit,
            final List<Step> steps,
            final long startUs,
            final boolean restartAlways,
            final Supplier<Stage<Step>> stages)
            throws IOException {
        final boolean byText = stages.get().describe().contains("fields");
        final RateLimitModel model = new RateLimitModel(limit);
        StageHarness<Step> harness = StageHarness.of(stages.get());
        long evictedEarly = 0;
        long logTimeUs = startUs;
        for (final Step step : steps) {
            if (step.restartBefore || restartAlways) {
                evictedEarly += harness.counter("evicted_early");
                harness = restarted(harness, stages.get());
            }
            logTimeUs = logTimeUs + step.logStepUs < logTimeUs ? Long.MAX_VALUE : logTimeUs + step.logStepUs;
            if (step.userFunctionThrows) {
                final byte[] before = harness.save();
                assertThat(harness.give(step, logTimeUs)).isEqualTo(Outcome.DEAD);
                assertThat(harness.save()).isEqualTo(before);
            } else if (byText && step.key == 0) {
                assertThat(harness.give(step, logTimeUs)).isEqualTo(Outcome.PASSED);
            } else {
                final boolean passes = model.passes(step.key, logTimeUs);
                assertThat(harness.give(step, logTimeUs)).isEqualTo(passes ? Outcome.PASSED : Outcome.DROPPED);
                assertThat(harness.reason()).isEqualTo(passes ? null : "limited");
                assertThat(evictedEarly + harness.counter("evicted_early")).isEqualTo(model.evictedEarly());
                assertThat(harness.counter("keys")).isBetween(1L, (long) limit.capacity());
            }
        }
    }

    private static StageHarness<Step> restarted(final StageHarness<Step> harness, final Stage<Step> stage)
            throws IOException {
        final byte[] state = harness.save();
        final StageHarness<Step> restarted = StageHarness.of(stage).restore(state);
        assertThat(restarted.save()).isEqualTo(state);
        assertThat(restarted.counter("keys")).isEqualTo(harness.counter("keys"));
        return restarted;
    }

    private static long number(final Step step) {
        if (step.userFunctionThrows) {
            throw new IllegalStateException("from the user's function");
        }
        return step.key;
    }

    private static void fields(final Step step, final Key key) {
        key.add(Text.of("a".repeat(step.key)));
        if (step.userFunctionThrows) {
            throw new IllegalStateException("from the user's function");
        }
    }

    @Provide
    Arbitrary<Rate.Limited> limits() {
        final Arbitrary<Integer> counts = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(1, 7)), Tuple.of(1, Arbitraries.of(999_983, 1_000_000_000)));
        return Combinators.combine(
                        Arbitraries.of(0, 1, 2),
                        counts,
                        counts,
                        Arbitraries.integers().between(1, 8))
                .as((unit, events, burst, keys) -> (switch (unit) {
                            case 0 -> perSecond(events);
                            case 1 -> perMinute(events);
                            default -> perHour(events);
                        })
                        .burst(burst)
                        .upTo(keys));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return stepsOf(Arbitraries.oneOf(
                Arbitraries.longs().between(0, 3),
                Arbitraries.longs().between(0, 400_000),
                Arbitraries.longs().between(0, 2_000_000_000),
                Arbitraries.of(142_857L, 333_333L, 1_000_000L)));
    }

    @Provide
    Arbitrary<List<Step>> stepsOfAnyLength() {
        return stepsOf(Arbitraries.oneOf(
                Arbitraries.longs().between(0, Long.MAX_VALUE),
                Arbitraries.longs().between(0, 1_000_000)));
    }

    /** Of few keys or of many. */
    private static Arbitrary<List<Step>> stepsOf(final Arbitrary<Long> logStepUs) {
        final Arbitrary<Boolean> seldom = Arbitraries.integers().between(0, 9).map(i -> i == 0);
        return Arbitraries.of(2, 15).flatMap(highestKey -> Combinators.combine(
                        Arbitraries.integers().between(0, highestKey), logStepUs, seldom, seldom)
                .as(Step::new)
                .list()
                .ofMaxSize(80));
    }
}
