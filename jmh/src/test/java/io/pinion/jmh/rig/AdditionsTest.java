package io.pinion.jmh.rig;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdditionsTest {
    @Test
    void shouldTakeTimeOnEachCore() {
        assertThat(Additions.mostNs()).isPositive();
    }
}
