package io.pinion.operators;

import static io.pinion.engine.StageHarness.Outcome.DEAD;
import static io.pinion.engine.StageHarness.Outcome.PASSED;
import static io.pinion.operators.Operators.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Stage;
import io.pinion.engine.StageHarness;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MapTest {
    @Property
    void shouldChangeEachEventAndPassIt(@ForAll final List<Integer> values) {
        final StageHarness<Thing> harness = StageHarness.of(map("double", thing -> thing.value *= 2));

        for (final int value : values) {
            final Thing thing = Thing.of(1).value(value);
            assertThat(harness.give(thing)).isEqualTo(PASSED);
            assertThat(thing.value).isEqualTo(2L * value);
        }
    }

    @Test
    void shouldMakeAnExceptionADeadLetterAndGoOn() {
        final StageHarness<Thing> harness = StageHarness.of(map("divide", thing -> thing.value = 100 / thing.id));

        assertThat(harness.give(Thing.of(0))).isEqualTo(DEAD);
        assertThat(harness.reason()).isEqualTo("java.lang.ArithmeticException: / by zero");
        assertThat(harness.give(Thing.of(5))).isEqualTo(PASSED);
    }

    @Test
    void shouldHaveNoState() {
        final Stage<Thing> map = map("double", thing -> thing.value *= 2);

        assertThat(map.scope()).isEqualTo(Stage.Scope.STATELESS);
        assertThat(map.stateBytes()).isZero();
        assertThat(map.describe()).isEqualTo("map");
    }
}
