package io.pinion.jmh.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rig on the test's thread, and at the other end an echo in a process of its own. Nothing is said of times. */
@Timeout(120)
class LoadRigTest {
    private static final long FILL = 200;

    @TempDir
    private Path folder;

    @Test
    void shouldGetAllBackOverUdp() throws Exception {
        shouldGetAllBack(Wire.udp());
    }

    @Test
    void shouldGetAllBackOverIpc() throws Exception {
        shouldGetAllBack(Wire.ipc());
    }

    private void shouldGetAllBack(final Wire wire) throws Exception {
        final Workplace place = new Workplace(Path.of("").toAbsolutePath().getParent(), folder, -1, -1);
        final LinkAddress address = wire.address(Contender.BACK_STREAMS);
        final RigPlan plan = new RigPlan(-1, address, "job", FILL, 0.5, List.of(100L, 400L), 0.5, 1, false, 1);
        try (Subprocess echo = Subprocess.start("echo", folder, Contender.ECHO.command(place, wire));
                Link link = Link.open(address)) {
            final List<RateRun> runs = new LoadRig(link, FramePool.ofJob(64)).run(plan);

            assertThat(runs).extracting(RateRun::ratePerSecond).containsExactly(100L, 400L);
            assertThat(runs).extracting(RateRun::intended).containsExactly(50L, 200L);
            assertThat(runs).allSatisfy(run -> {
                assertThat(run.sent()).isBetween(1L, run.intended());
                assertThat(run.returned()).isEqualTo(run.sent());
                assertThat(run.histogram().getTotalCount()).isBetween(1L, run.returned());
            });
            echo.requireAlive();
        } finally {
            wire.clean();
        }
    }
}
