package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.pinion.sidecar.chaos.ChaosRound;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three members as processes: what a user sees of a fail-over, and a few of the things that {@code pinion chaos} does. */
class ClusterIT {
    @TempDir
    private Path folder;

    @Test
    void shouldShowAFailOverInWhichNothingIsLostAndNothingRepeated() {
        final CommandResult demo =
                PinionProcess.run(folder, "demo", "--cluster", "--seconds", "6", "--rate", "1000", "--out", folder);
        assertThat(demo.out())
                .contains("led, and is killed")
                .contains("nothing was acknowledged for")
                .contains("reached each of its targets exactly once, and none else did");
        assertThat(demo.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "leader-killed-twice,thread-per-stage",
        "all-killed,one-thread",
        "producer-killed,one-thread",
        "overflow,thread-per-stage"
    })
    void shouldCloseTheAccountAfter(final String scenario, final String layout) {
        final CommandResult chaos = PinionProcess.run(
                folder,
                "chaos",
                "--scenario",
                scenario,
                "--seed",
                "1",
                "--rate",
                "500",
                "--layout",
                layout,
                "--out",
                folder);
        assertThat(chaos.out()).as(chaos.err()).contains("reached each of its targets exactly once");
        assertThat(chaos.exitCode()).isZero();
    }

    /** A member whose log was cut off in the middle of a fragment starts again from what is whole. */
    @Test
    void shouldCloseTheAccountAfterADiskWasFull() {
        assumeThat(ChaosRound.possible())
                .as("small disks can be mounted here, as root")
                .contains("disk-full");
        shouldCloseTheAccountAfter("disk-full", "one-thread");
    }
}
