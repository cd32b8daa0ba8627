package io.pinion.jmh.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.jmh.rig.FarEnd;
import io.pinion.jmh.rig.FramePool;
import io.pinion.jmh.rig.LoadRig;
import io.pinion.jmh.rig.RateRun;
import io.pinion.jmh.rig.RigPlan;
import io.pinion.jmh.rig.Workplace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rig on the test's thread, and three members of the bare cluster as processes. Nothing is said of times. */
@Timeout(240)
class ClusterRigTest {
    @TempDir
    private Path folder;

    @Test
    void shouldGetAllBackFromTheEcho() throws Exception {
        final Workplace place = new Workplace(Path.of("").toAbsolutePath().getParent(), folder, -1, -1);
        final MemberPlan plan = MemberPlan.ofThree(folder, Workplace.freeUdpChannel(), 2_000, 0);
        final RigPlan load = new RigPlan(-1, null, "job", 200, 0, List.of(100L), 0.5, false, 1);
        try (Members members = Members.start(place, ClusterContender.ECHO, plan);
                FarEnd end = ClusterContender.ECHO.open(plan)) {
            final List<RateRun> runs = new LoadRig(end, FramePool.ofJob(64)).run(load);

            assertThat(runs).singleElement().satisfies(run -> {
                assertThat(run.sent()).isBetween(1L, 50L);
                assertThat(run.returned()).isEqualTo(run.sent());
            });
            assertThat(members.awaitLeader()).isBetween(0, 2);
            members.requireAlive();
        }
    }

    @Test
    void shouldNoteASilenceAndTellOnceThatItBegan() throws Exception {
        final List<String> told = new ArrayList<>();
        try (FarEnd end = new Mute()) {
            final List<Silence> silences = new Watch(end, FramePool.ofJob(64))
                    .run(() -> told.add("started"), () -> ((Mute) end).returned > 2 * Mute.BEFORE);

            assertThat(told).containsExactly("started");
            assertThat(silences).anyMatch(silence -> silence.toNs() - silence.fromNs() >= Mute.SILENCE_NS);
        }
    }

    /** Sends all back at once, but for a while in the middle nothing. */
    private static final class Mute implements FarEnd {
        static final int BEFORE = 20;
        static final long SILENCE_NS = 200_000_000;

        private int sent;
        private int returned;
        private long muteFromNs;

        @Override
        public void work() {
            // nothing is on its way
        }

        @Override
        public boolean isConnected() {
            return muteFromNs == 0 || System.nanoTime() - muteFromNs > SILENCE_NS;
        }

        @Override
        public int poll(final ReturnHandler handler, final int limit) {
            final int taken = sent - returned;
            for (; returned < sent; returned++) {
                handler.onReturn(0);
            }
            if (returned == BEFORE && muteFromNs == 0) {
                muteFromNs = System.nanoTime();
            }
            return taken;
        }

        @Override
        public boolean send(final FramePool frames, final long n, final long dueEpochNs) {
            sent++;
            return true;
        }

        @Override
        public void close() {}
    }
}
