package io.pinion.operators;

import static io.pinion.operators.Operators.enrich;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.StageHarness;
import io.pinion.engine.TableChange;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts, deletes, swaps and events in any order, with rows that expire, make room and have versions, and a snapshot restored
 * between any two slots: always what a plain list of rows says.
 */
class TableChangeModelTest {
    private static final long START_US = 1_000;
    private static final DirectBuffer NO_ROW = new UnsafeBuffer(new byte[0]);

    private enum What {
        EVENT,
        PUT,
        DELETE,
        SWAP,
        SNAPSHOT
    }

    /** How a swap goes on, at the next ops of its kind: its rows, one a time, and how it ends. */
    private record Op(What what, long key, long version, long laterUs, boolean isGood) {}

    /** A stage with its table, as another graph would have them. */
    private static final class Reader {
        final Table<Thing> table;
        final StageHarness<Thing> harness;

        Reader(final int capacity, final long keptForUs, final int maxVersions) {
            final Table<Thing> plain = table("things", Thing::new, row -> row.id, upTo(capacity));
            final Table<Thing> expiring =
                    keptForUs == 0 ? plain : plain.keptFor(Duration.of(keptForUs, ChronoUnit.MICROS));
            table = maxVersions == 1
                    ? expiring
                    : expiring.asOf(row -> row.other.lengthBytes(), MICROSECONDS, maxVersions);
            harness = StageHarness.of(
                    enrich("row", table, event -> event.id, (event, row) -> event.value = row.value), ThingCodec.ROWS);
        }
    }

    /** Events that come to a stage together, until something else does. */
    private static final class Batches {
        private final Reader reader;
        private final List<Thing> events = new ArrayList<>();
        private final List<Long> eventTimesUs = new ArrayList<>();
        private final List<Long> logTimesUs = new ArrayList<>();
        private final List<Long> expected = new ArrayList<>();

        Batches(final Reader reader) {
            this.reader = reader;
        }

        void add(final long key, final long eventTimeUs, final long nowUs, final long expectedValue) {
            events.add(Thing.of(key));
            eventTimesUs.add(eventTimeUs);
            logTimesUs.add(nowUs);
            expected.add(expectedValue);
        }

        Reader settled() {
            reader.harness.giveTogether(events, eventTimesUs, logTimesUs);
            assertThat(events).extracting(event -> event.value).isEqualTo(expected);
            Stream.of(events, eventTimesUs, logTimesUs, expected).forEach(List::clear);
            return reader;
        }
    }

    @Property(tries = 600)
    void shouldHoldWhatAPlainListHolds(
            @ForAll("ops") final List<Op> ops,
            @ForAll @IntRange(min = 1, max = 6) final int capacity,
            @ForAll @IntRange(min = 0, max = 12) final int keptForUs,
            @ForAll @IntRange(min = 1, max = 3) final int maxVersions)
            throws IOException {
        final TableModel model = new TableModel(capacity, keptForUs, maxVersions);
        final Reader unbroken = new Reader(capacity, keptForUs, maxVersions);
        Reader restored = new Reader(capacity, keptForUs, maxVersions);
        final Batches batches = new Batches(new Reader(capacity, keptForUs, maxVersions));
        long nowUs = START_US;
        long value = 0;
        int swapped = -1;
        for (final Op op : ops) {
            nowUs += op.laterUs;
            value++;
            switch (op.what) {
                case EVENT -> {
                    final long eventTimeUs = op.version;
                    model.slotAt(nowUs);
                    final long expected = model.find(op.key, eventTimeUs);
                    assertThat(valueIn(unbroken, op.key, eventTimeUs, nowUs)).isEqualTo(expected);
                    assertThat(valueIn(restored, op.key, eventTimeUs, nowUs)).isEqualTo(expected);
                    batches.add(op.key, eventTimeUs, nowUs, expected);
                }
                case PUT -> {
                    model.slotAt(nowUs);
                    model.put(op.key, op.version, value);
                    change(TableChange.PUT, rowOf(op, value), nowUs, unbroken, restored, batches.settled());
                }
                case DELETE -> {
                    model.slotAt(nowUs);
                    model.delete(op.key);
                    change(TableChange.DELETE, rowOf(op, value), nowUs, unbroken, restored, batches.settled());
                }
                case SWAP -> {
                    model.slotAt(nowUs);
                    if (swapped < 0) {
                        swapped = 0;
                        model.beginSwap();
                        change(TableChange.SWAP_BEGIN, NO_ROW, nowUs, unbroken, restored, batches.settled());
                    } else if (swapped < 4) {
                        swapped++;
                        model.swapRow(op.key, op.version, value);
                        change(TableChange.SWAP_ROW, rowOf(op, value), nowUs, unbroken, restored, batches.settled());
                    } else {
                        swapped = -1;
                        if (op.isGood) {
                            model.endSwap();
                        }
                        final TableChange end = op.isGood ? TableChange.SWAP_END : TableChange.SWAP_CANCEL;
                        change(end, NO_ROW, nowUs, unbroken, restored, batches.settled());
                    }
                }
                default -> {
                    final byte[] state = restored.harness.save();
                    assertThat(state).isEqualTo(unbroken.harness.save());
                    restored = new Reader(capacity, keptForUs, maxVersions);
                    restored.harness.restore(state);
                    assertThat(restored.harness.save()).isEqualTo(state);
                }
            }
            assertThat(unbroken.harness.counter("rows")).isEqualTo(model.size());
            assertThat(unbroken.harness.counter("evicted_early")).isEqualTo(model.evictedEarly);
        }
        assertThat(restored.harness.save()).isEqualTo(unbroken.harness.save());
        assertThat(batches.settled().harness.save()).isEqualTo(unbroken.harness.save());
    }

    private static void change(
            final TableChange change, final DirectBuffer row, final long nowUs, final Reader... readers) {
        for (final Reader reader : readers) {
            reader.harness.change(reader.table, change, row, nowUs);
        }
    }

    private static long valueIn(final Reader reader, final long key, final long eventTimeUs, final long nowUs) {
        final Thing event = Thing.of(key);
        reader.harness.give(event, eventTimeUs, nowUs);
        return event.value;
    }

    /** The version is the length of a text, so that each row has other texts. */
    private static DirectBuffer rowOf(final Op op, final long value) {
        return ThingCodec.frameOf(Thing.of(op.key).value(value).other("v".repeat((int) op.version)));
    }

    @Provide
    Arbitrary<List<Op>> ops() {
        final Arbitrary<What> what = Arbitraries.frequency(
                Tuple.of(6, What.EVENT),
                Tuple.of(6, What.PUT),
                Tuple.of(2, What.DELETE),
                Tuple.of(4, What.SWAP),
                Tuple.of(2, What.SNAPSHOT));
        return Combinators.combine(
                        what,
                        Arbitraries.longs().between(0, 7),
                        Arbitraries.longs().between(0, 9),
                        Arbitraries.longs().between(0, 3),
                        Arbitraries.of(true, true, false))
                .as(Op::new)
                .list()
                .ofMaxSize(80);
    }
}
