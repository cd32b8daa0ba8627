package io.pinion.operators;

import static io.pinion.operators.Operators.dedupe;
import static io.pinion.operators.Operators.enrich;
import static io.pinion.operators.Operators.filter;
import static io.pinion.operators.Operators.map;
import static io.pinion.operators.Operators.oneIn;
import static io.pinion.operators.Operators.orDeadLetter;
import static io.pinion.operators.Operators.orDrop;
import static io.pinion.operators.Operators.perMinute;
import static io.pinion.operators.Operators.perSecond;
import static io.pinion.operators.Operators.percent;
import static io.pinion.operators.Operators.rateLimit;
import static io.pinion.operators.Operators.sample;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static io.pinion.operators.Operators.within;
import static io.pinion.operators.Privacy.consent;
import static io.pinion.operators.Privacy.emails;
import static io.pinion.operators.Privacy.longerThan;
import static io.pinion.operators.Privacy.numbers;
import static io.pinion.operators.Privacy.pseudonymise;
import static io.pinion.operators.Privacy.redact;
import static io.pinion.operators.Privacy.urls;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pinion.engine.Stage;
import io.pinion.engine.StageHarness;
import io.pinion.engine.TableChange;
import java.io.IOException;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
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

    @Test
    void shouldAllocateNothingInMapSampleAndRateLimit() {
        assertThat(bytesPerRound(map("change", thing -> thing.value++))).isZero();
        assertThat(bytesPerRound(sample("some", thing -> thing.id, percent(50))))
                .isZero();
        assertThat(bytesPerRound(
                        sample("some", (thing, key) -> key.add(thing.text).add(thing.id), oneIn(3))))
                .isZero();
        assertThat(bytesPerRound(rateLimit(
                        "calm", thing -> thing.id % 700, perSecond(900).burst(2).upTo(500))))
                .isZero();
        assertThat(bytesPerRound(rateLimit(
                        "calm",
                        (thing, key) -> key.add(thing.text).add(thing.id % 9),
                        perMinute(1).upTo(100))))
                .isZero();
    }

    @Test
    void shouldAllocateNothingInConsent() {
        final Table<Thing> revocations = table("revocations", Thing::new, row -> row.id, upTo(100));
        revocations.open();
        revocations.put(Thing.of(7));

        assertThat(bytesPerRound(consent("consent", revocations, (Thing thing) -> thing.id % 10, t -> t.id % 3 > 0)))
                .isZero();
    }

    @Test
    void shouldAllocateNothingInPseudonymise() throws IOException {
        final PseudonymKeys keys =
                PseudonymKeys.read("a test", new StringReader("1970-01-01T00:00:01Z 00112233445566778899aabbccddeeff"));

        assertThat(bytesPerRound(pseudonymise("hide", keys, thing -> thing.text, thing -> thing.other)))
                .isZero();
        assertThat(bytesPerRound(pseudonymise("hide", keys, thing -> thing.id, (thing, id) -> thing.value = id)))
                .isZero();
    }

    @Test
    void shouldAllocateNothingInRedact() {
        final byte[] frame = "see https://a.b/c, write to anna@x.y, call 0123 456 789".getBytes(StandardCharsets.UTF_8);

        assertThat(bytesPerRound(redact(
                        "clean",
                        thing -> thing.other.wrap(frame, 0, frame.length),
                        urls(),
                        emails(),
                        numbers(7),
                        longerThan(30))))
                .isZero();
        assertThat(event.other).hasToString("see [url], write to [email], c");
    }

    @Test
    void shouldAllocateNothingForAChangeOfATable() {
        final Table<Thing> plain = table("rows", Thing::new, (row, key) -> key.add(row.text), upTo(30));
        assertThat(bytesPerRoundOfChanges(plain)).isZero();
        assertThat(bytesPerRoundOfChanges(plain.keptFor(ofMillis(1)))).isZero();
        assertThat(bytesPerRoundOfChanges(plain.asOf(row -> row.value, TimeUnit.MICROSECONDS, 3)))
                .isZero();
    }

    /** Updates of rows that are there and of new ones for which others make room, deletes, swaps, and look-ups. */
    private long bytesPerRoundOfChanges(final Table<Thing> table) {
        final StageHarness<Thing> harness = StageHarness.of(
                enrich(
                        "row",
                        table,
                        (thing, key) -> key.add(thing.text),
                        (thing, row) -> thing.other.set(row.other),
                        orDrop()),
                ThingCodec.ROWS);
        final DirectBuffer[] rows = new DirectBuffer[50];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = ThingCodec.frameOf(
                    Thing.of("key " + i % 40).other("text".repeat(i)).value(i));
        }
        final DirectBuffer noRow = new UnsafeBuffer(new byte[0]);
        final long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            final long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < EVENTS; i++) {
                final int phase = i % 100;
                if (phase == 60) {
                    harness.change(table, TableChange.SWAP_BEGIN, noRow, event.id++);
                } else if (phase > 60 && phase < 90) {
                    harness.change(table, TableChange.SWAP_ROW, rows[phase - 60], event.id++);
                } else if (phase == 90) {
                    harness.change(table, TableChange.SWAP_END, noRow, event.id++);
                } else if (phase % 10 == 7) {
                    harness.change(table, TableChange.DELETE, rows[i % rows.length], event.id++);
                } else {
                    harness.change(table, TableChange.PUT, rows[i % rows.length], event.id++);
                }
                harness.give(event, event.id, event.id);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        return least;
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
