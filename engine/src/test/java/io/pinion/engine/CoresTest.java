package io.pinion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;
import net.openhft.affinity.Affinity;
import org.junit.jupiter.api.Test;

class CoresTest {
    @Test
    void shouldAllowThoseThatTheThreadIsBoundTo() {
        final List<Integer> bound = Affinity.getAffinity().stream().boxed().toList();
        assumeFalse(bound.isEmpty(), "this system does not tell what a thread is bound to");

        assertThat(Cores.allowed()).isEqualTo(bound);
    }

    @Test
    void shouldReadRangesAsLinuxListsThem() {
        assertThat(Cores.listed("0")).containsExactly(0);
        assertThat(Cores.listed("1,3")).containsExactly(1, 3);
        assertThat(Cores.listed("0-2,5,8-9")).containsExactly(0, 1, 2, 5, 8, 9);
    }
}
