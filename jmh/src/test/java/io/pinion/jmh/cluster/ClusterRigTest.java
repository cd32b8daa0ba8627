package io.pinion.jmh.cluster;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.pinion.aeron.FreePorts;
import io.pinion.jmh.rig.FarEnd;
import io.pinion.jmh.rig.FramePool;
import io.pinion.jmh.rig.LoadRig;
import io.pinion.jmh.rig.RateRun;
import io.pinion.jmh.rig.RigPlan;
import io.pinion.jmh.rig.Workplace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rig on the test's thread, and three members of the bare cluster as processes. Nothing is said of times. */
@Timeout(240)
class ClusterRigTest {
    private static final int PAGE_BYTES = 4 << 10;

    @TempDir
    private Path folder;

    @Test
    void shouldGetAllBackFromTheEcho() throws Exception {
        final Workplace place = new Workplace(Path.of("").toAbsolutePath().getParent(), folder, -1, -1);
        final MemberPlan plan = MemberPlan.ofThree(folder, FreePorts.channel(), 2_000, 0);
        final RigPlan load = new RigPlan(-1, null, "job", 200, 0, List.of(100L), 0.5, 1, false, 1);
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
    void shouldNoteASilence() {
        final Mute end = new Mute();
        try (Watch watch = Watch.begin(() -> end)) {
            watch.awaitReturn();
            watch.fill(2 * Mute.BEFORE);
            watch.awaitReturn();

            assertThat(watch.sent()).isGreaterThan(2 * Mute.BEFORE);
            assertThat(watch.silences()).anyMatch(silence -> silence.lengthNs() >= Mute.SILENCE_NS);
        }
        assertThat(end.isClosed).isTrue();
    }

    @Test
    void shouldSayWhatBrokeTheWatch() {
        try (Watch watch = Watch.begin(() -> {
            throw new IllegalStateException("no way there");
        })) {
            assertThatThrownBy(watch::awaitReturn).hasMessageContaining("no way there");
        }
    }

    /** Its last fragment may be torn: Aeron's archive does not begin with that by itself. */
    @Test
    void shouldStartAKilledMemberAgainAndLeaveNoDriverOfItBehind() throws IOException {
        final Workplace place = new Workplace(Path.of("").toAbsolutePath().getParent(), folder, -1, -1);
        final MemberPlan plan = MemberPlan.ofOne(folder, FreePorts.channel(), 2_000, 0);
        try (Members members = Members.start(place, ClusterContender.ECHO, plan);
                Watch watch = Watch.begin(() -> ClusterContender.ECHO.open(plan))) {
            watch.awaitReturn();
            members.takeSnapshot();
            members.kill(0);
            tear(plan.directory(0).resolve("archive").resolve("0-0.rec"));
            members.start(0);
            members.awaitBack(0);
            watch.reconnect();
            watch.awaitReturn();
            members.kill(0);
            assertThat(ClusterContender.ECHO.driverDirectory(plan, 0)).exists();
        }

        assertThat(ClusterContender.ECHO.driverDirectory(plan, 0)).doesNotExist();
        assertThat(plan.directory(0)).doesNotExist();
    }

    /** Puts the first part of a fragment behind the last of a recording, as a kill in the middle of a write may leave it. */
    private static void tear(final Path segment) throws IOException {
        try (FileChannel channel = FileChannel.open(segment, READ, WRITE)) {
            final ByteBuffer header = ByteBuffer.allocate(DataHeaderFlyweight.HEADER_LENGTH);
            final UnsafeBuffer length = new UnsafeBuffer(header, 0, Integer.BYTES);
            long end = 0;
            channel.read(header, end);
            while (FrameDescriptor.frameLength(length, 0) > 0) {
                end += BitUtil.align(FrameDescriptor.frameLength(length, 0), FrameDescriptor.FRAME_ALIGNMENT);
                channel.read(header.clear(), end);
            }
            FrameDescriptor.frameLengthOrdered(length, 0, 3 * PAGE_BYTES);
            channel.write(header.clear(), end);
        }
    }

    /** Sends all back at once, but for a while in the middle nothing. */
    private static final class Mute implements ClusterEnd {
        static final int BEFORE = 20;
        static final long SILENCE_NS = 200_000_000;

        private volatile boolean isClosed;
        private int sent;
        private int returned;
        private long muteFromNs;

        @Override
        public void reconnect() {
            // there is no session
        }

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
            if (returned >= BEFORE && muteFromNs == 0) {
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
        public void close() {
            isClosed = true;
        }
    }
}
