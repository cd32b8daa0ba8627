package io.pinion.operators;

import static io.pinion.engine.StageHarness.Outcome.DROPPED;
import static io.pinion.engine.StageHarness.Outcome.PASSED;
import static io.pinion.operators.Join.join;
import static io.pinion.operators.Join.lookUp;
import static io.pinion.operators.Join.remember;
import static io.pinion.operators.Operators.enrich;
import static io.pinion.operators.Operators.orDrop;
import static io.pinion.operators.Operators.orKeep;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pinion.engine.GraphException;
import io.pinion.engine.Stage;
import io.pinion.engine.StageHarness;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Answers, which have a text, are remembered by their number; thumbs, which have a value, get the text. */
class JoinTest {
    private static final long KEPT_US = 100;

    private final StageHarness<Thing> harness = harness();

    private static StageHarness<Thing> harness() {
        return StageHarness.of(stage(orDrop()), ThingCodec.ROWS);
    }

    private static Stage<Thing> stage(final Otherwise otherwise) {
        return join(
                "answer",
                answers(),
                remember((Thing event) -> !event.text.isEmpty(), (Thing event, Thing row) -> {
                    row.id = event.id;
                    row.text.set(event.text);
                }),
                lookUp(event -> event.value > 0, (Thing event) -> event.id, (event, row) -> event.other.set(row.text)),
                otherwise);
    }

    private static Table<Thing> answers() {
        return table("answers", Thing::new, (Thing row) -> row.id, upTo(2))
                .keptFor(Duration.of(KEPT_US, ChronoUnit.MICROS));
    }

    @Test
    void shouldJoinWhatAnEarlierEventSaid() {
        assertThat(harness.give(answer(1, "forty-two"), 0)).isEqualTo(PASSED);
        final Thing thumb = thumb(1);

        assertThat(harness.give(thumb, 50)).isEqualTo(PASSED);
        assertThat(thumb.other).hasToString("forty-two");
    }

    @Test
    void shouldMissWhatIsOnlySaidLater() {
        assertThat(harness.give(thumb(1), 0)).isEqualTo(DROPPED);
        harness.give(answer(1, "late"), 0);
        assertThat(harness.dropped("miss")).isEqualTo(1);
    }

    @Test
    void shouldForgetExactlyAfterTheTime() {
        harness.give(answer(1, "a"), 0);

        assertThat(harness.give(thumb(1), KEPT_US - 1)).isEqualTo(PASSED);
        assertThat(harness.give(thumb(1), KEPT_US)).isEqualTo(DROPPED);
    }

    @Test
    void shouldForgetTheOldestWhenFullAndCountIt() {
        harness.give(answer(1, "a"), 0);
        harness.give(answer(2, "b"), 0);
        harness.give(answer(1, "a again"), 0);
        harness.give(answer(3, "c"), 0);

        assertThat(harness.counter("evicted_early")).isEqualTo(1);
        assertThat(harness.give(thumb(2), 0)).isEqualTo(DROPPED);
        assertThat(harness.give(thumb(1), 0)).isEqualTo(PASSED);
        assertThat(harness.give(thumb(3), 0)).isEqualTo(PASSED);
        assertThat(harness.counter("rows")).isEqualTo(2);
    }

    @Test
    void shouldLookUpBeforeItRemembersWhereAnEventDoesBoth() {
        harness.give(answer(1, "first"), 0);
        final Thing both = answer(1, "second").value(1);
        harness.give(both, 0);
        assertThat(both.other).hasToString("first");

        final Thing thumb = thumb(1);
        harness.give(thumb, 0);
        assertThat(thumb.other).hasToString("second");
    }

    @Test
    void shouldLeaveNothingOfAForgottenRowInTheNext() {
        final StageHarness<Thing> whole = StageHarness.of(
                join(
                        "answer",
                        table("answers", Thing::new, (Thing row) -> row.id, upTo(1)),
                        remember((Thing event) -> event.value == 0, (Thing event, Thing row) -> {
                            row.id = event.id;
                            if (!event.text.isEmpty()) {
                                row.text.set(event.text);
                            }
                        }),
                        lookUp(
                                event -> event.value > 0,
                                (Thing event) -> event.id,
                                (event, row) -> event.other.set(row.text)),
                        orKeep()),
                ThingCodec.ROWS);
        for (int id = 0; id < 4; id++) {
            whole.give(answer(id, id % 2 == 0 ? "secret" : ""));
        }
        final Thing thumb = thumb(3);
        whole.give(thumb);

        assertThat(thumb.other.isEmpty()).isTrue();
    }

    @Test
    void shouldGoOnAfterARestore() throws IOException {
        harness.give(answer(1, "a"), 0);
        harness.give(answer(2, "b"), 10);
        final StageHarness<Thing> restored = harness().restore(harness.save());
        assertThat(restored.save()).isEqualTo(harness.save());

        restored.give(answer(3, "c"), 10);
        assertThat(restored.give(thumb(1), 10)).isEqualTo(DROPPED);
        final Thing thumb = thumb(2);
        assertThat(restored.give(thumb, 10)).isEqualTo(PASSED);
        assertThat(thumb.other).hasToString("b");
    }

    @Test
    void shouldRefuseToShareWhatItRemembers() {
        final Table<Thing> answers = answers();
        join(
                "answer",
                answers,
                remember((Thing event) -> true, (Thing event, Thing row) -> row.id = event.id),
                lookUp(event -> true, (Thing event) -> event.id, (event, row) -> event.value = row.value),
                orKeep());

        assertThatExceptionOfType(GraphException.class)
                .isThrownBy(() -> enrich("row", answers, (Thing event) -> event.id, (event, row) -> {}))
                .withMessage("The stages \"answer\" and \"row\" use one table \"answers\", and the first fills it from"
                        + " events: what a stage remembers, it alone can look up.");
    }

    private static Thing answer(final long id, final String text) {
        return Thing.of(id).text(text);
    }

    private static Thing thumb(final long id) {
        return Thing.of(id).value(1);
    }
}
