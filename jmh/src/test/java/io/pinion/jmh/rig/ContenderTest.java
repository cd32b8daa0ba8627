package io.pinion.jmh.rig;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.jmh.results.Report;
import io.pinion.jmh.results.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContenderTest {
    /** As wide as its plots have room for beside the lines. */
    private static final int LONGEST_LABEL = 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Contender.class)
    void shouldHaveALineABarAndAColourOnThePage(final Contender contender) throws IOException {
        final Results results = new Results();
        results.add("wire.ipc." + contender.label() + ".10000.p50", 1_000);
        results.add("wire.ipc." + contender.label() + ".highest", 100_000);

        new Report("title", Map.of(), results).write(folder);

        final String label = contender.label();
        assertThat(Files.readString(folder.resolve("plots/latency-against-load-over-ipc.svg")))
                .contains("class=\"line " + label + "\"")
                .containsPattern("class=\"name " + label + "\" [^>]*>.{1," + LONGEST_LABEL + "}</text>");
        assertThat(Files.readString(folder.resolve("plots/highest-rate-held.svg")))
                .contains("bar " + label);
        assertThat(Files.readString(folder.resolve("index.html")))
                .contains(".line." + label, ".dot." + label, ".bar." + label, ".name." + label);
    }
}
