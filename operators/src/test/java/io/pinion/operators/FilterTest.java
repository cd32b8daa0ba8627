package io.pinion.operators;

import static io.pinion.engine.StageHarness.Outcome.DEAD;
import static io.pinion.engine.StageHarness.Outcome.DROPPED;
import static io.pinion.engine.StageHarness.Outcome.PASSED;
import static io.pinion.operators.Operators.filter;
import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Stage;
import io.pinion.engine.StageHarness;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FilterTest {
    @Property
    void shouldPassWhatTheConditionHoldsForAndDropTheRest(@ForAll final List<Long> ids) {
        final StageHarness<Thing> harness = StageHarness.of(filter("even", thing -> thing.id % 2 == 0));

        for (final long id : ids) {
            assertThat(harness.give(Thing.of(id))).isEqualTo(id % 2 == 0 ? PASSED : DROPPED);
        }
        assertThat(harness.dropped("filtered"))
                .isEqualTo(ids.stream().filter(id -> id % 2 != 0).count());
    }

    @Test
    void shouldTellAnExceptionFromFalse() {
        final StageHarness<Thing> harness = StageHarness.of(filter("divides", thing -> 10 % thing.id == 0));

        assertThat(harness.give(Thing.of(3))).isEqualTo(DROPPED);
        assertThat(harness.give(Thing.of(0))).isEqualTo(DEAD);
        assertThat(harness.dropped("filtered")).isEqualTo(1);
        assertThat(harness.give(Thing.of(5))).isEqualTo(PASSED);
    }

    @Test
    void shouldHaveNoState() {
        final Stage<Thing> filter = filter("even", thing -> thing.id % 2 == 0);

        assertThat(filter.scope()).isEqualTo(Stage.Scope.STATELESS);
        assertThat(filter.stateBytes()).isZero();
        assertThat(filter.describe()).isEqualTo("filter");
    }
}
