package io.pinion.jmh.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessUsageTest {
    @Test
    void shouldReadALineOfKibibytes() {
        final List<String> lines = List.of("RssShmem:	    7 kB", "Rss:              123 kB");

        assertThat(ProcessUsage.kib(lines, "Rss")).isEqualTo(123);
        assertThat(ProcessUsage.kib(lines, "RssShmem")).isEqualTo(7);
        assertThat(ProcessUsage.kib(lines, "Pss")).isZero();
    }

    @Test
    void shouldTellOfThisProcess() {
        assumeTrue(ProcessUsage.isTold(), "this system does not tell");
        final ProcessUsage usage = new ProcessUsage(ProcessHandle.current().pid());

        assertThat(usage.residentMib()).isGreaterThan(10);
        assertThat(usage.processorSeconds()).isPositive();
    }
}
