package io.pinion.operators;

import static io.pinion.operators.Join.join;
import static io.pinion.operators.Join.lookUp;
import static io.pinion.operators.Join.remember;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Stage;
import io.pinion.engine.StageHarness;
import io.pinion.engine.StageHarness.Outcome;
import io.pinion.engine.Text;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Join against {@link TableModel}: what is remembered and looked up, with times that go on and back, rows that expire, make
 * room and have versions, the user's functions throwing in any place, saved and restored between any two events.
 */
class JoinModelTest {
    private static final long NOW_US = 1_760_000_000_000_000L;
    private static final int VERSIONS = 10;

    /** Which of the user's functions throws. */
    private enum Throwing {
        NONE,
        CONDITION,
        KEY,
        COPY,
        FILL
    }

    /** What an event does, and how. */
    private record Does(boolean remembers, boolean looksUp, Throwing throwing, boolean restartBefore) {}

    /** One event: its key, how far the log's time goes on, or is told as less than it was, and the event's own time. */
    private record Step(Does does, int key, long laterUs, long eventTimeUs) {}

    /** A table's options, and what becomes of a miss. */
    private record Options(int capacity, long keptForUs, int maxVersions, Otherwise miss) {}

    /** The event: what it says, and what it found. */
    private static final class Said {
        private final Step step;
        private final long value;
        private long found;

        Said(final Step step, final long value) {
            this.step = step;
            this.value = value;
        }

        boolean does(final boolean what) {
            throwIf(Throwing.CONDITION);
            return what;
        }

        Said throwIf(final Throwing place) {
            if (step.does.throwing == place) {
                throw new IllegalStateException("from the user's function");
            }
            return this;
        }
    }

    @Property(tries = 600)
    void shouldFindWhatAPlainListFindsByANumber(
            @ForAll("options") final Options options, @ForAll("steps") final List<Step> steps) throws IOException {
        run(options, steps, NOW_US, () -> byNumber(options), false);
    }

    @Property(tries = 600)
    void shouldFindWhatAPlainListFindsByText(
            @ForAll("options") final Options options, @ForAll("steps") final List<Step> steps) throws IOException {
        run(options, steps, NOW_US, () -> byText(options), true);
    }

    @Property(tries = 300)
    void shouldFindWhatAPlainListFindsFromOneEndOfTimeToTheOther(
            @ForAll("options") final Options options, @ForAll("stepsOfAnyLength") final List<Step> steps)
            throws IOException {
        run(options, steps, Long.MIN_VALUE + 1, () -> byNumber(options), false);
    }

    private static void run(
            final Options options,
            final List<Step> steps,
            final long startUs,
            final Supplier<Stage<Said>> stages,
            final boolean isKeyZeroNone)
            throws IOException {
        final TableModel model = new TableModel(options.capacity, options.keptForUs, options.maxVersions);
        final Counts counts = new Counts();
        StageHarness<Said> harness = StageHarness.of(stages.get(), ThingCodec.ROWS);
        long logTimeUs = startUs;
        long value = 0;
        boolean isNew = true;
        for (final Step step : steps) {
            if (step.does.restartBefore) {
                counts.add(harness);
                harness = restarted(harness, stages.get());
                isNew = true;
            }
            final long toldUs = saturatedSum(logTimeUs, step.laterUs);
            logTimeUs = Math.max(logTimeUs, toldUs);
            model.timeIs(logTimeUs);
            value += VERSIONS;
            final Said said = new Said(step, value + step.eventTimeUs % VERSIONS);
            final boolean hasKey = !isKeyZeroNone || step.key > 0;
            final long known = hasKey ? model.find(step.key, step.eventTimeUs) : 0;
            final byte[] before = harness.save();
            // A new harness doesn't know the log's time.
            final Outcome outcome = harness.give(said, step.eventTimeUs, isNew ? logTimeUs : toldUs);
            isNew = false;
            if (throwsAt(step, known, hasKey)) {
                assertThat(outcome).isEqualTo(Outcome.DEAD);
                assertThat(harness.save()).as("state after a function threw").isEqualTo(before);
                continue;
            }
            assertThat(said.found).isEqualTo(step.does.looksUp ? known : 0);
            final boolean isMiss = step.does.looksUp && known == 0;
            assertThat(outcome).isEqualTo(isMiss ? outcomeOf(options.miss) : Outcome.PASSED);
            counts.misses += isMiss ? 1 : 0;
            if (step.does.remembers && hasKey) {
                model.put(step.key, said.value % VERSIONS, said.value);
            }
            counts.keyless += step.does.remembers && !hasKey ? 1 : 0;
            model.forget();
            counts.check(harness, model, options);
        }
    }

    /** Whether one of the functions that are called for a step throws. */
    private static boolean throwsAt(final Step step, final long known, final boolean hasKey) {
        return switch (step.does.throwing) {
            case NONE -> false;
            case CONDITION -> true;
            case KEY -> step.does.looksUp || step.does.remembers;
            case COPY -> step.does.looksUp && hasKey && known != 0;
            case FILL -> step.does.remembers;
        };
    }

    private static Outcome outcomeOf(final Otherwise miss) {
        return switch (miss) {
            case PASS -> Outcome.PASSED;
            case DROP -> Outcome.DROPPED;
            default -> Outcome.DEAD;
        };
    }

    /** What was counted, by all the harnesses there were. */
    private static final class Counts {
        private long misses;
        private long keyless;
        private long missesBefore;
        private long keylessBefore;
        private long evictedBefore;

        void add(final StageHarness<Said> ended) {
            evictedBefore += ended.counter("evicted_early");
            keylessBefore += ended.counter("keyless");
            missesBefore = misses;
        }

        void check(final StageHarness<Said> harness, final TableModel model, final Options options) {
            assertThat(harness.counter("rows")).isEqualTo(model.size());
            assertThat(evictedBefore + harness.counter("evicted_early")).isEqualTo(model.evictedEarly);
            assertThat(keylessBefore + harness.counter("keyless")).isEqualTo(keyless);
            final long missed = options.miss == Otherwise.DROP ? harness.dropped("miss") : harness.counter("miss");
            assertThat(missesBefore + missed).isEqualTo(misses);
        }
    }

    private static StageHarness<Said> restarted(final StageHarness<Said> harness, final Stage<Said> stage)
            throws IOException {
        final byte[] state = harness.save();
        final StageHarness<Said> restarted =
                StageHarness.of(stage, ThingCodec.ROWS).restore(state);
        assertThat(restarted.save()).isEqualTo(state);
        return restarted;
    }

    private static Stage<Said> byNumber(final Options options) {
        return join(
                "answer",
                with(options, table("answers", Thing::new, (Thing row) -> row.id, upTo(options.capacity))),
                remember(JoinModelTest::isRemembered, (Said said, Thing row) -> {
                    row.id = said.step.key;
                    fill(said, row);
                }),
                lookUp(JoinModelTest::looksUp, (Said said) -> said.throwIf(Throwing.KEY).step.key, JoinModelTest::copy),
                options.miss);
    }

    /** The key is two texts that are split at different places; key 0 has none. */
    private static Stage<Said> byText(final Options options) {
        return join(
                "answer",
                with(
                        options,
                        table(
                                "answers",
                                Thing::new,
                                (Thing row, Key key) -> key.add(row.text).add(row.other),
                                upTo(options.capacity))),
                remember(JoinModelTest::isRemembered, (Said said, Thing row) -> {
                    row.text.set("a".repeat(said.step.key - said.step.key / 2));
                    row.other.set("a".repeat(said.step.key / 2));
                    fill(said, row);
                }),
                lookUp(
                        JoinModelTest::looksUp,
                        (Said said, Key key) -> {
                            final int half = said.step.key / 2;
                            key.add(Text.of("a".repeat(said.step.key - half)));
                            key.add(Text.of("a".repeat(said.throwIf(Throwing.KEY).step.key / 2)));
                        },
                        JoinModelTest::copy),
                options.miss);
    }

    private static Table<Thing> with(final Options options, final Table<Thing> plain) {
        final Table<Thing> expiring =
                options.keptForUs == 0 ? plain : plain.keptFor(Duration.of(options.keptForUs, ChronoUnit.MICROS));
        return options.maxVersions == 1
                ? expiring
                : expiring.asOf(row -> row.value % VERSIONS, MICROSECONDS, options.maxVersions);
    }

    private static boolean isRemembered(final Said said) {
        return said.does(said.step.does.remembers);
    }

    private static boolean looksUp(final Said said) {
        return said.does(said.step.does.looksUp);
    }

    private static void copy(final Said said, final Thing row) {
        said.found = said.throwIf(Throwing.COPY) == said ? row.value : 0;
    }

    private static void fill(final Said said, final Thing row) {
        assertThat(row.value).as("comes with nothing set").isZero();
        row.value = said.value;
        said.throwIf(Throwing.FILL).throwIf(Throwing.KEY);
    }

    private static long saturatedSum(final long a, final long b) {
        final long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }

    @Provide
    Arbitrary<Options> options() {
        return Combinators.combine(
                        Arbitraries.of(1, 2, 3, 5, 20),
                        Arbitraries.longs().between(0, 15),
                        Arbitraries.of(1, 1, 2, 3),
                        Arbitraries.of(Otherwise.class))
                .as(Options::new);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return stepsOf(Arbitraries.longs().between(-9, 6));
    }

    @Provide
    Arbitrary<List<Step>> stepsOfAnyLength() {
        return stepsOf(Arbitraries.oneOf(
                Arbitraries.longs().between(-9, 6), Arbitraries.of(1L << 61, 1L << 62, Long.MAX_VALUE)));
    }

    /** Of few keys or of many. */
    private static Arbitrary<List<Step>> stepsOf(final Arbitrary<Long> laterUs) {
        final Arbitrary<Boolean> either = Arbitraries.of(true, false);
        final Arbitrary<Throwing> throwing = Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.just(Throwing.NONE)), Tuple.of(1, Arbitraries.of(Throwing.class)));
        final Arbitrary<Boolean> seldom = Arbitraries.integers().between(0, 9).map(i -> i == 0);
        final Arbitrary<Does> does =
                Combinators.combine(either, either, throwing, seldom).as(Does::new);
        return Arbitraries.of(3, 30).flatMap(highestKey -> Combinators.combine(
                        does,
                        Arbitraries.integers().between(0, highestKey),
                        laterUs,
                        Arbitraries.longs().between(0, 12))
                .as(Step::new)
                .list()
                .ofMaxSize(80));
    }
}
