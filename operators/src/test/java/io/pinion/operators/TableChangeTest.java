package io.pinion.operators;

import static io.pinion.engine.StageHarness.Outcome.DROPPED;
import static io.pinion.engine.StageHarness.Outcome.PASSED;
import static io.pinion.engine.TableChange.DELETE;
import static io.pinion.engine.TableChange.PUT;
import static io.pinion.engine.TableChange.SWAP_BEGIN;
import static io.pinion.engine.TableChange.SWAP_CANCEL;
import static io.pinion.engine.TableChange.SWAP_END;
import static io.pinion.engine.TableChange.SWAP_ROW;
import static io.pinion.operators.Operators.enrich;
import static io.pinion.operators.Operators.orDrop;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pinion.engine.GraphException;
import io.pinion.engine.Ingress;
import io.pinion.engine.ReferenceTable;
import io.pinion.engine.StageHarness;
import io.pinion.engine.TableChange;
import java.io.IOException;
import java.time.Duration;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TableChangeTest {
    private static final UnsafeBuffer NO_ROW = new UnsafeBuffer(new byte[0]);

    private final Table<Thing> items = table("items", Thing::new, (Thing row) -> row.id, upTo(3));

    @Test
    void shouldShowAChangeToTheEventsAfterItAndToNoneBefore() {
        final StageHarness<Thing> harness = reader(items);

        assertThat(harness.give(Thing.of(1))).isEqualTo(DROPPED);
        change(harness, items, PUT, Thing.of(1).value(10));
        assertThat(valueFor(harness, 1)).isEqualTo(10);
        change(harness, items, PUT, Thing.of(1).value(11));
        assertThat(valueFor(harness, 1)).isEqualTo(11);
        change(harness, items, DELETE, Thing.of(1));
        assertThat(harness.give(Thing.of(1))).isEqualTo(DROPPED);
    }

    @Test
    @DisplayName("P39 kafka KStreamKTableJoinTest shouldClearTableEntryOnNullValueUpdates")
    void shouldFindNoRowThatWasDeleted() {
        final Table<Thing> four = table("items", Thing::new, (Thing row) -> row.id, upTo(4));
        final StageHarness<Thing> harness = reader(four);
        for (int id = 0; id < 4; id++) {
            change(harness, four, PUT, Thing.of(id).value(100 + id));
        }
        for (int id = 0; id < 4; id++) {
            assertThat(valueFor(harness, id)).isEqualTo(100 + id);
        }
        change(harness, four, DELETE, Thing.of(0));
        change(harness, four, DELETE, Thing.of(1));

        assertThat(harness.give(Thing.of(0))).isEqualTo(DROPPED);
        assertThat(harness.give(Thing.of(1))).isEqualTo(DROPPED);
        assertThat(valueFor(harness, 2)).isEqualTo(102);
        assertThat(valueFor(harness, 3)).isEqualTo(103);
    }

    @Test
    void shouldSwitchToTheNewRowsAtTheEndOfASwapOnly() {
        items.open();
        items.put(Thing.of(1).value(10));
        final StageHarness<Thing> harness = reader(items);

        change(harness, items, SWAP_BEGIN, null);
        change(harness, items, SWAP_ROW, Thing.of(2).value(20));
        assertThat(valueFor(harness, 1)).isEqualTo(10);
        assertThat(harness.give(Thing.of(2))).isEqualTo(DROPPED);
        change(harness, items, SWAP_END, null);
        assertThat(harness.give(Thing.of(1))).isEqualTo(DROPPED);
        assertThat(valueFor(harness, 2)).isEqualTo(20);
    }

    @Test
    void shouldKeepTheOldRowsWhenASwapIsCancelledOrDoesNotFit() {
        items.open();
        items.put(Thing.of(1).value(10));
        final StageHarness<Thing> harness = reader(items);

        change(harness, items, SWAP_BEGIN, null);
        change(harness, items, SWAP_ROW, Thing.of(2));
        change(harness, items, SWAP_CANCEL, null);
        assertThat(valueFor(harness, 1)).isEqualTo(10);

        change(harness, items, SWAP_BEGIN, null);
        for (int id = 2; id < 6; id++) {
            change(harness, items, SWAP_ROW, Thing.of(id));
        }
        change(harness, items, SWAP_END, null);
        assertThat(valueFor(harness, 1)).isEqualTo(10);
        assertThat(harness.counter("swaps_refused")).isEqualTo(1);
    }

    /** What a swap of so many retires is emptied over several slots, and what comes meanwhile must not be found among it. */
    @Test
    void shouldFindWhatASwapOfManyRowsBroughtAndNothingElse() {
        final int rows = 3_000;
        final long step = 1L << Byte.SIZE; // so that no frame begins as JSON does
        final long all = rows * step;
        final Table<Thing> many = table("items", Thing::new, (Thing row) -> row.id, upTo(rows));
        final StageHarness<Thing> harness = reader(many);

        for (int round = 1; round <= 3; round++) {
            final long first = round * 1_000L << Byte.SIZE;
            final long last = first + all - step;
            change(harness, many, SWAP_BEGIN, null);
            for (long id = first; id < first + all; id += step) {
                change(harness, many, SWAP_ROW, Thing.of(id).value(id + round));
            }
            change(harness, many, SWAP_END, null);
            assertThat(harness.give(Thing.of(first - step))).isEqualTo(DROPPED);
            assertThat(valueFor(harness, first)).isEqualTo(first + round);
            assertThat(valueFor(harness, last)).isEqualTo(last + round);
        }
        for (long id = 3_000L << Byte.SIZE; id < (3_000L << Byte.SIZE) + all; id += step) {
            assertThat(valueFor(harness, id)).isEqualTo(id + 3);
        }
    }

    @Test
    void shouldLetEachStageReadItsOwnReplica() {
        items.open();
        items.put(Thing.of(1).value(10));
        final StageHarness<Thing> first = reader(items);
        final StageHarness<Thing> second = reader(items);

        change(first, items, PUT, Thing.of(1).value(11));
        assertThat(valueFor(first, 1)).isEqualTo(11);
        assertThat(valueFor(second, 1)).isEqualTo(10);
        change(second, items, PUT, Thing.of(1).value(11));
        assertThat(valueFor(second, 1)).isEqualTo(11);
    }

    @Test
    void shouldLetTheRowGoThatWasPutLongestAgoWhenAnUpdateFindsNoRoom() {
        final StageHarness<Thing> harness = reader(items);
        for (final long id : new long[] {1, 2, 3, 1, 4}) {
            change(harness, items, PUT, Thing.of(id).value(id));
        }

        assertThat(harness.give(Thing.of(2))).isEqualTo(DROPPED);
        assertThat(valueFor(harness, 1)).isEqualTo(1);
        assertThat(harness.counter("evicted_early")).isEqualTo(1);
        assertThat(harness.counter("rows")).isEqualTo(3);
    }

    @Test
    void shouldForgetARowExactlyAfterItsTimeCountingFromTheFirstSlotForWhatWasThereAtTheStart() {
        final Table<Thing> kept = items.keptFor(Duration.ofMillis(1));
        kept.open();
        kept.put(Thing.of(1).value(10));
        final StageHarness<Thing> harness = reader(kept);

        assertThat(harness.give(Thing.of(1), 5_000)).isEqualTo(PASSED);
        harness.change(kept, PUT, ThingCodec.frameOf(Thing.of(2).value(20)), 5_500);
        assertThat(harness.give(Thing.of(1), 5_999)).isEqualTo(PASSED);
        assertThat(harness.give(Thing.of(1), 6_000)).isEqualTo(DROPPED);
        assertThat(harness.give(Thing.of(2), 6_499)).isEqualTo(PASSED);
        assertThat(harness.give(Thing.of(2), 6_500)).isEqualTo(DROPPED);
    }

    @Test
    void shouldGiveAnEventTheVersionThatWasValidAtItsOwnTime() {
        final Table<Thing> prices =
                table("prices", Thing::new, (Thing row) -> row.id, upTo(10)).asOf(row -> row.value, MILLISECONDS, 2);
        final StageHarness<Thing> harness = reader(prices);
        change(harness, prices, PUT, Thing.of(1).value(20));
        change(harness, prices, PUT, Thing.of(1).value(10));

        assertThat(valueAt(harness, 9_999)).isZero();
        assertThat(valueAt(harness, 10_000)).isEqualTo(10);
        assertThat(valueAt(harness, 19_999)).isEqualTo(10);
        assertThat(valueAt(harness, 90_000)).isEqualTo(20);

        change(harness, prices, PUT, Thing.of(1).value(30));
        assertThat(valueAt(harness, 19_999)).isZero();
        assertThat(valueAt(harness, 30_000)).isEqualTo(30);
        assertThat(harness.counter("outdated")).isEqualTo(1);
        change(harness, prices, DELETE, Thing.of(1));
        assertThat(valueAt(harness, 90_000)).isZero();
    }

    @Test
    void shouldLookAtAWholeFileBeforeItIsTaken() {
        final ReferenceTable.Check<Thing> check = items.newFileCheck();
        assertThat(check.refusal(Thing.of(1))).isNull();
        assertThat(check.refusal(Thing.of(2))).isNull();
        assertThat(check.refusal(Thing.of(3))).isNull();
        assertThat(check.refusal(Thing.of(2))).isNull();
        assertThat(check.refusal(Thing.of(4))).isEqualTo("The table \"items\" is full with 3 rows: raise upTo(…).");
    }

    @Test
    void shouldDeleteByWhatTheUserSays() {
        final Table<Thing> live = items.updates(new Ingress("updates"), row -> row.value < 0);

        assertThat(live.updates().name()).isEqualTo("updates");
        assertThat(live.isDelete(Thing.of(1).value(-1))).isTrue();
        assertThat(live.isDelete(Thing.of(1))).isFalse();
        assertThat(items.updates()).isNull();
    }

    @Test
    void shouldRefuseToRestoreMoreRowsThanItHasRoomFor() throws IOException {
        final StageHarness<Thing> harness = reader(items);
        change(harness, items, PUT, Thing.of(1));
        change(harness, items, PUT, Thing.of(2));
        final byte[] state = harness.save();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> reader(table("items", Thing::new, (Thing row) -> row.id, upTo(1)))
                        .restore(state))
                .withMessage("The saved table \"items\" has 2 rows, and there is room for 1: raise upTo(…).");
    }

    @Test
    void shouldRefuseOneVersionOrTooMany() {
        assertThatExceptionOfType(GraphException.class)
                .isThrownBy(() -> items.asOf(row -> row.value, MILLISECONDS, 1))
                .withMessage("The table \"items\" can't keep 1 versions: use 2 to 64.");
    }

    private static StageHarness<Thing> reader(final Table<Thing> table) {
        return StageHarness.of(
                enrich("row", table, event -> event.id, (event, row) -> event.value = row.value, orDrop()),
                ThingCodec.ROWS);
    }

    private static void change(
            final StageHarness<Thing> harness, final Table<Thing> table, final TableChange change, final Thing row) {
        harness.change(table, change, row == null ? NO_ROW : ThingCodec.frameOf(row));
    }

    private static long valueFor(final StageHarness<Thing> harness, final long id) {
        final Thing event = Thing.of(id);
        assertThat(harness.give(event)).isEqualTo(PASSED);
        return event.value;
    }

    private static long valueAt(final StageHarness<Thing> harness, final long eventTimeUs) {
        final Thing event = Thing.of(1);
        harness.give(event, eventTimeUs, 0);
        return event.value;
    }
}
