package io.pinion.operators;

import static io.pinion.engine.StageHarness.Outcome.DROPPED;
import static io.pinion.engine.StageHarness.Outcome.PASSED;
import static io.pinion.operators.Operators.dedupe;
import static io.pinion.operators.Operators.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.pinion.engine.Stage;
import io.pinion.engine.StageHarness;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DedupeStateTest {
    private static final int SIZE_AT = 1 + Long.BYTES;

    @Test
    void shouldRememberAfterARestart() throws IOException {
        final byte[] state = savedKeys(10, 1, 2);
        final StageHarness<Thing> restored = StageHarness.of(byNumber(10)).restore(state);

        assertThat(restored.counter("keys")).isEqualTo(2);
        assertThat(restored.give(Thing.of(2))).isEqualTo(DROPPED);
        assertThat(restored.give(Thing.of(3))).isEqualTo(PASSED);
    }

    @Test
    void shouldSaveTheSameWhateverPlacesItsRecordsHave() throws IOException {
        final byte[] afterEvictions = savedKeys(3, 7, 8, 9, 1, 2, 3);

        assertThat(afterEvictions).isEqualTo(savedKeys(3, 1, 2, 3)).isNotEqualTo(savedKeys(3, 3, 2, 1));
    }

    @Test
    void shouldRestoreIntoALargerCapacityAndRefuseASmallerOne() throws IOException {
        final byte[] state = savedKeys(3, 1, 2, 3);

        assertThat(StageHarness.of(byNumber(5)).restore(state).counter("keys")).isEqualTo(3);
        assertThatIOException()
                .isThrownBy(() -> StageHarness.of(byNumber(2)).restore(state))
                .withMessage("The saved state has 3 keys, and there is room for 2: raise upTo(…).");
    }

    @Test
    void shouldRefuseStateOfAnotherKindOfKey() throws IOException {
        final byte[] state = savedKeys(3, 1);
        final Stage<Thing> byText = dedupe("once", (thing, key) -> key.add(thing.text), upTo(3));

        assertThatIOException()
                .isThrownBy(() -> StageHarness.of(byText).restore(state))
                .withMessage("The stage \"once\" is by a key of fields, and its saved state by another kind:"
                        + " let it start without that state.");
    }

    @Test
    void shouldRefuseStateOfAnotherVersion() throws IOException {
        final Stage<Thing> stage = byNumber(3);
        StageHarness.of(stage);
        final DataInputStream in = new DataInputStream(new ByteArrayInputStream(savedKeys(3, 1)));

        assertThatIOException()
                .isThrownBy(() -> stage.restore(in, 2))
                .withMessage("The stage \"once\" reads state of version 1, and this is of version 2.");
    }

    @Test
    void shouldRefuseStateThatIsTornOrSenseless() throws IOException {
        final byte[] state = savedKeys(3, 1, 2);

        assertThatIOException()
                .isThrownBy(() -> StageHarness.of(byNumber(3)).restore(Arrays.copyOf(state, state.length - 1)))
                .isInstanceOf(EOFException.class);
        assertThatIOException()
                .isThrownBy(() -> StageHarness.of(byNumber(3)).restore(Arrays.copyOf(state, state.length + 1)))
                .withMessageContaining("left 1 of");
        assertThatIOException()
                .isThrownBy(() -> StageHarness.of(byNumber(3)).restore(with(state, SIZE_AT, -1)))
                .withMessageContaining("has -1 keys");
        final byte[] twice = savedKeys(3, 1, 2);
        System.arraycopy(twice, SIZE_AT + 4, twice, SIZE_AT + 4 + 16, 8);
        assertThatIOException()
                .isThrownBy(() -> StageHarness.of(byNumber(3)).restore(twice))
                .withMessageContaining("has a key twice, as number 1 of 2");
    }

    private static byte[] with(final byte[] state, final int at, final int value) {
        final byte[] changed = state.clone();
        ByteBuffer.wrap(changed).putInt(at, value);
        return changed;
    }

    private static byte[] savedKeys(final int capacity, final long... keys) throws IOException {
        final StageHarness<Thing> harness = StageHarness.of(byNumber(capacity));
        for (final long key : keys) {
            harness.give(Thing.of(key));
        }
        return harness.save();
    }

    private static Stage<Thing> byNumber(final int capacity) {
        return dedupe("once", thing -> thing.id, upTo(capacity));
    }
}
