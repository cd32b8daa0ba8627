package io.pinion.engine;

import static io.pinion.engine.StageHarness.Outcome.DEAD;
import static io.pinion.engine.StageHarness.Outcome.DROPPED;
import static io.pinion.engine.StageHarness.Outcome.PASSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageHarnessTest {
    /** Does what the event says, and notes what it saw. */
    private static final class Obedient implements Stage<String> {
        private final List<String> seen = new ArrayList<>();
        private DropReason unwanted;
        private Counter odd;
        private long sum;

        @Override
        public String name() {
            return "obedient";
        }

        @Override
        public void open(final StageContext context) {
            unwanted = context.dropReason("unwanted");
            odd = context.counter("odd");
        }

        @Override
        public void onEvent(final String event, final Slot<String> slot) {
            seen.add(slot.position() + "@" + slot.eventTimeUs() + "/" + slot.logTimeUs());
            sum++;
            switch (event) {
                case "drop" -> slot.drop(unwanted);
                case "bury" -> slot.deadLetter("It was to be buried.");
                case "throw" -> throw new IllegalStateException("was to throw");
                default -> odd.add(3);
            }
        }

        @Override
        public void onControl(final Slot<String> slot) {
            seen.add(slot.kind() + " " + slot.position());
        }

        @Override
        public void save(final DataOutput out) throws IOException {
            out.writeLong(sum);
        }

        @Override
        public void restore(final DataInput in, final int version) throws IOException {
            sum = in.readLong();
        }
    }

    private final Obedient stage = new Obedient();
    private final StageHarness<String> harness = StageHarness.of(stage);

    @Test
    void shouldTellWhatBecameOfAnEventAndWhy() {
        assertThat(harness.give("pass")).isEqualTo(PASSED);
        assertThat(harness.reason()).isNull();
        assertThat(harness.give("drop")).isEqualTo(DROPPED);
        assertThat(harness.reason()).isEqualTo("unwanted");
        assertThat(harness.give("bury")).isEqualTo(DEAD);
        assertThat(harness.reason()).isEqualTo("It was to be buried.");
    }

    @Test
    void shouldMakeADeadLetterOfAnEventForWhichTheStageThrows() {
        assertThat(harness.give("throw")).isEqualTo(DEAD);
        assertThat(harness.reason()).isEqualTo("java.lang.IllegalStateException: was to throw");
        assertThat(harness.give("pass")).isEqualTo(PASSED);
    }

    @Test
    void shouldCountDropsByReasonAndWhatTheStageCounts() {
        harness.give("drop");
        harness.give("drop");
        harness.give("pass");

        assertThat(harness.dropped("unwanted")).isEqualTo(2);
        assertThat(harness.counter("odd")).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> harness.counter("unwanted"))
                .withMessage("The stage \"obedient\" registered no counter \"unwanted\": it has [odd].");
    }

    @Test
    void shouldCountPositionsAndNeverLetLogTimeGoBack() {
        harness.give("pass");
        harness.give("pass", 50);
        harness.give("pass", 40);
        harness.give("pass", 90, 60);
        harness.give("pass", 10, 20);
        harness.give("pass");
        harness.endOfInput();

        assertThat(stage.seen)
                .containsExactly("0@0/0", "1@50/50", "2@40/50", "3@90/60", "4@10/60", "5@60/60", "END_OF_INPUT 6");
    }

    @Test
    void shouldSaveAndRestoreTheStagesState() throws IOException {
        harness.give("pass");
        final Obedient other = new Obedient();

        StageHarness.of(other).restore(harness.save());

        assertThat(other.sum).isEqualTo(1);
        assertThatIOException()
                .isThrownBy(() -> harness.restore(new byte[10]))
                .withMessage(
                        "The stage \"obedient\" left 2 of 10 bytes of its state unread: let it read what it saves.");
    }
}
