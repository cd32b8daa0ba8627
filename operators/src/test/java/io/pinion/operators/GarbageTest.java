package io.pinion.operators;

import static io.pinion.operators.Operators.dedupe;
import static io.pinion.operators.Operators.enrich;
import static io.pinion.operators.Operators.filter;
import static io.pinion.operators.Operators.orDeadLetter;
import static io.pinion.operators.Operators.orDrop;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static io.pinion.operators.Operators.within;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pinion.engine.Stage;
import io.pinion.engine.StageHarness;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An event allocates nothing in any operator, on any of its ways: passed, dropped, dead, evicted, expired. */
class GarbageTest {
    private static final int EVENTS = 50_000;
    private static final int ROUNDS = 20;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Thing event = Thing.of("an answer of more than eight bytes").other("b");

    @Test
    void shouldAllocateNothingInFilter() {
        assertThat(bytesPerRound(filter("even", thing -> thing.id % 2 == 0))).isZero();
    }

    @Test
    void shouldAllocateNothingInDedupeByANumber() {
        assertThat(bytesPerRound(dedupe(
                        "once",
                        thing -> thing.id % 700,
                        within(ofMillis(1)).upTo(1_000).late(orDrop()))))
                .isZero();
        assertThat(bytesPerRound(
                        dedupe("once", thing -> thing.id % 700, upTo(500).refreshing())))
                .isZero();
    }

    @Test
    void shouldAllocateNothingInDedupeByAKeyOfEveryType() {
        final byte[] bytes = new byte[13];
        assertThat(bytesPerRound(dedupe(
                        "once",
                        (thing, key) -> key.add(thing.id % 700)
                                .add(thing.text)
                                .add(0.5)
                                .add(true)
                                .add(bytes)
                                .add(TimeUnit.MICROSECONDS),
                        within(ofMillis(1)).upTo(1_000))))
                .isZero();
    }

    @Test
    void shouldAllocateNothingForAnEventWithoutAKey() {
        assertThat(bytesPerRound(dedupe("once", (thing, key) -> {}, upTo(10).keyless(orDeadLetter()))))
                .isZero();
    }

    @Test
    void shouldAllocateNothingInEnrich() {
        final Table<Thing> byNumber = table("numbers", Thing::new, row -> row.id, upTo(100));
        byNumber.open();
        final Table<Thing> byText = table("texts", Thing::new, (row, key) -> key.add(row.text), upTo(100));
        byText.open();
        for (int i = 0; i < 50; i++) {
            byNumber.put(Thing.of(i).other("copied"));
        }
        byText.put(Thing.of("an answer of more than eight bytes").other("copied"));

        assertThat(bytesPerRound(enrich(
                        "row",
                        byNumber,
                        thing -> thing.id % 100,
                        (thing, row) -> thing.other.set(row.other),
                        orDeadLetter())))
                .isZero();
        assertThat(bytesPerRound(enrich(
                        "row",
                        byText,
                        (thing, key) -> key.add(thing.text),
                        (thing, row) -> thing.other.set(row.other))))
                .isZero();
    }

    /** The least of some rounds: while code is being compiled, the compiler may allocate on the thread that runs it. */
    private long bytesPerRound(final Stage<Thing> stage) {
        final StageHarness<Thing> harness = StageHarness.of(stage);
        final long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            final long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < EVENTS; i++) {
                event.id++;
                harness.give(event, event.id * 2 - (i % 5) * 300, event.id * 2);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        return least;
    }
}
