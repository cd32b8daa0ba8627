package io.pinion.jmh.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {
    private final CommandLine line = BenchCommand.commandLine();
    private final BenchCommand command = line.getCommand();

    @Test
    void shouldMeasureAllButOtherEnginesAndClustersUnlessItIsToldOtherwise() {
        line.parseArgs();

        assertThat(command.parts())
                .containsExactly(Part.WIRE, Part.GRAPH, Part.CODEC, Part.GROWTH, Part.GARBAGE, Part.FOOTPRINT);
        assertThat(command.isQuick()).isFalse();
    }

    @Test
    void shouldMeasureOnlyTheNamedParts() {
        line.parseArgs("--quick", "--only", "wire,footprint");

        assertThat(command.parts()).containsExactlyInAnyOrder(Part.WIRE, Part.FOOTPRINT);
        assertThat(command.isQuick()).isTrue();
    }

    @Test
    void shouldMeasurePartsOfACluster() {
        line.parseArgs("--only", "cluster-rates,cluster-state");

        assertThat(command.parts()).containsExactlyInAnyOrder(Part.CLUSTER_RATES, Part.CLUSTER_STATE);
    }

    @Test
    void shouldRefuseAPartThatIsNot() {
        final StringWriter err = new StringWriter();
        line.setErr(new PrintWriter(err));

        assertThat(line.execute("--only", "wires")).isEqualTo(2);
        assertThat(err.toString()).contains("wires", "WIRE");
    }

    @Test
    void shouldExplainItselfWithExamples() {
        assertThat(line.getUsageMessage())
                .contains("Usage: pinion bench", "Examples:", "pinion bench --quick --against HEAD~1");
    }
}
