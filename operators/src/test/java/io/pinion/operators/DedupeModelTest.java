package io.pinion.operators;

import static io.pinion.operators.Operators.dedupe;
import static io.pinion.operators.Operators.upTo;
import static io.pinion.operators.Operators.within;
import static java.time.temporal.ChronoUnit.MICROS;
import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.BatchStage;
import io.pinion.engine.Stage;
import io.pinion.engine.StageHarness;
import io.pinion.engine.StageHarness.Outcome;
import io.pinion.engine.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Dedupe against {@link DedupeModel}, saved and restored between any two events. */
class DedupeModelTest {
    /** One event: its key, how far the log's time goes on, how far its own is off from that; what happens before it. */
    private record Step(int key, long logStepUs, long offUs, boolean restartBefore, boolean userFunctionThrows) {}

    private static final long NOW_US = 1_760_000_000_000_000L;

    @Property
    void shouldDoWhatTheModelDoesByANumber(
            @ForAll("retentions") final Retention retention, @ForAll("steps") final List<Step> steps)
            throws IOException {
        run(retention, steps, NOW_US, () -> dedupe("once", DedupeModelTest::number, retention));
    }

    @Property
    void shouldDoWhatTheModelDoesByTextOfSeveralFields(
            @ForAll("retentions") final Retention retention, @ForAll("steps") final List<Step> steps)
            throws IOException {
        run(retention, steps, NOW_US, () -> dedupe("once", DedupeModelTest::fields, retention));
    }

    @Property
    void shouldDoWhatTheModelDoesAtBothEndsOfTime(
            @ForAll("retentions") final Retention retention,
            @ForAll("stepsOfAnyTime") final List<Step> steps,
            @ForAll final boolean late)
            throws IOException {
        run(
                retention,
                steps,
                late ? Long.MAX_VALUE - 30 : Long.MIN_VALUE,
                () -> dedupe("once", DedupeModelTest::number, retention));
    }

    /** How the events are divided into batches makes no difference: what becomes of them, what is counted, what is saved. */
    @Property
    void shouldDecideOnABatchAsOnOneEventAfterAnother(
            @ForAll("retentions") final Retention retention,
            @ForAll("steps") final List<Step> steps,
            @ForAll final boolean byFields)
            throws IOException {
        final StageHarness<Step> oneByOne = StageHarness.of(stage(retention, byFields));
        final StageHarness<Step> together = StageHarness.of(stage(retention, byFields));
        final List<Step> batch = new ArrayList<>();
        final List<Long> timesUs = new ArrayList<>();
        final List<Long> logTimesUs = new ArrayList<>();
        final List<Outcome> outcomes = new ArrayList<>();
        long logTimeUs = NOW_US;
        for (final Step step : steps) {
            if (step.restartBefore || batch.size() == BatchStage.MOST_GATHERED) {
                assertThat(together.giveTogether(batch, timesUs, logTimesUs)).isEqualTo(outcomes);
                requireSame(together, oneByOne);
                Stream.of(batch, timesUs, logTimesUs, outcomes).forEach(List::clear);
            }
            logTimeUs += step.logStepUs;
            batch.add(step);
            timesUs.add(logTimeUs + step.offUs);
            logTimesUs.add(logTimeUs);
            outcomes.add(oneByOne.give(step, logTimeUs + step.offUs, logTimeUs));
        }
        assertThat(together.giveTogether(batch, timesUs, logTimesUs)).isEqualTo(outcomes);
        requireSame(together, oneByOne);
    }

    private static Stage<Step> stage(final Retention retention, final boolean byFields) {
        return byFields
                ? dedupe("once", DedupeModelTest::fields, retention)
                : dedupe("once", DedupeModelTest::number, retention);
    }

    private static void requireSame(final StageHarness<Step> one, final StageHarness<Step> other) throws IOException {
        assertThat(one.save()).isEqualTo(other.save());
        for (final String counter : List.of("evicted_early", "keys", "fill_percent", "oldest_age_us")) {
            assertThat(one.counter(counter)).as(counter).isEqualTo(other.counter(counter));
        }
        assertThat(one.dropped("repeat")).isEqualTo(other.dropped("repeat"));
    }

    private static void run(
            final Retention retention, final List<Step> steps, final long startUs, final Supplier<Stage<Step>> stages)
            throws IOException {
        final boolean byFields = stages.get().describe().contains("fields");
        final DedupeModel model = new DedupeModel(retention);
        StageHarness<Step> harness = StageHarness.of(stages.get());
        long evictedEarly = 0;
        long logTimeUs = startUs;
        for (final Step step : steps) {
            if (step.restartBefore) {
                evictedEarly += harness.counter("evicted_early");
                harness = restarted(harness, stages.get());
            }
            logTimeUs = saturatedSum(logTimeUs, step.logStepUs);
            final long timeUs = saturatedSum(logTimeUs, step.offUs);
            if (step.userFunctionThrows) {
                final byte[] before = harness.save();
                assertThat(harness.give(step, timeUs, logTimeUs)).isEqualTo(Outcome.DEAD);
                assertThat(harness.save()).isEqualTo(before);
            } else {
                final Object key = byFields && step.key == 0 ? null : (Integer) step.key;
                final String kind = model.give(key, timeUs, logTimeUs);
                final Outcome outcome = harness.give(step, timeUs, logTimeUs);
                assertThat(outcome == Outcome.DROPPED ? outcome + " " + harness.reason() : outcome.toString())
                        .isEqualTo(outcome(kind, retention.options()));
                assertThat(evictedEarly + harness.counter("evicted_early")).isEqualTo(model.evictedEarly());
                assertThat(harness.counter("keys"))
                        .isLessThanOrEqualTo(retention.options().capacity());
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

    /** What the stage must say of an event of which the model says what it is. */
    private static String outcome(final String kind, final Retention.Options options) {
        return switch (kind) {
            case "passed" -> "PASSED";
            case "late" -> options.late() == Otherwise.PASS ? "PASSED" : "DROPPED late";
            case "keyless" -> options.keyless() == Otherwise.PASS ? "PASSED" : "DROPPED keyless";
            case "repeat" -> "DROPPED repeat";
            default -> "DEAD";
        };
    }

    private static long saturatedSum(final long a, final long b) {
        final long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }

    private static long number(final Step step) {
        if (step.userFunctionThrows) {
            throw new IllegalStateException("from the user's function");
        }
        return step.key;
    }

    /** Splits one text in two at different places, so that only the place tells some keys apart; key 0 has no text. */
    private static void fields(final Step step, final Key key) {
        final String text = "a".repeat(step.key);
        key.add(Text.of(text.substring(step.key / 2)));
        if (step.userFunctionThrows) {
            throw new IllegalStateException("from the user's function");
        }
        key.add(Text.of(text.substring(0, step.key / 2)));
    }

    @Provide
    Arbitrary<Retention> retentions() {
        final Arbitrary<Integer> capacities = Arbitraries.integers().between(1, 12);
        final Arbitrary<Duration> short0 = Arbitraries.longs().between(0, 20).map(us -> Duration.of(us, MICROS));
        final Arbitrary<Otherwise> passOrDrop = Arbitraries.of(Otherwise.PASS, Otherwise.DROP);
        final Arbitrary<Boolean> refreshing = Arbitraries.of(true, false);
        final Arbitrary<Retention> forEver = Combinators.combine(capacities, passOrDrop, refreshing)
                .as((n, keyless, refresh) ->
                        refresh ? upTo(n).refreshing().keyless(keyless) : upTo(n).keyless(keyless));
        final Arbitrary<Retention> windows = Combinators.combine(
                        Arbitraries.longs().between(1, 30),
                        capacities,
                        short0,
                        short0,
                        passOrDrop,
                        passOrDrop,
                        refreshing)
                .as((window, n, lateness, skew, late, keyless, refresh) -> {
                    final Window retention = within(Duration.of(window, MICROS))
                            .upTo(n)
                            .allowedLateness(lateness)
                            .skew(skew)
                            .late(late)
                            .keyless(keyless);
                    return refresh ? retention.refreshing() : retention;
                });
        return Arbitraries.frequencyOf(Tuple.of(1, forEver), Tuple.of(4, windows));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return stepsOf(Arbitraries.longs().between(-60, 22));
    }

    @Provide
    Arbitrary<List<Step>> stepsOfAnyTime() {
        return stepsOf(Arbitraries.oneOf(
                Arbitraries.longs().between(-60, 22),
                Arbitraries.of(Long.MIN_VALUE, Long.MIN_VALUE + 7, -1L, Long.MAX_VALUE - 7, Long.MAX_VALUE),
                Arbitraries.longs()));
    }

    /** Of few keys or of many. */
    private static Arbitrary<List<Step>> stepsOf(final Arbitrary<Long> offUs) {
        final Arbitrary<Boolean> seldom = Arbitraries.integers().between(0, 9).map(i -> i == 0);
        return Arbitraries.of(5, 40).flatMap(highestKey -> Combinators.combine(
                        Arbitraries.integers().between(0, highestKey),
                        Arbitraries.longs().between(0, 12),
                        offUs,
                        seldom,
                        seldom)
                .as(Step::new)
                .list()
                .ofMaxSize(80));
    }
}
