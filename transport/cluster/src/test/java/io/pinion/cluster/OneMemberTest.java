package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.cluster.RecordingLog;
import io.pinion.engine.EdgeException;
import io.pinion.engine.Layout;
import io.pinion.engine.Slot;
import io.pinion.engine.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OneMemberTest {
    private static final int SOME = 300;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"one-thread", "thread-per-stage"})
    void shouldPutOutEachEventOnceAcrossRestarts(final String layout) throws IOException {
        try (MemberRig rig = new MemberRig(directory, 1)) {
            rig.layout(Layout.parse(layout));
            rig.start(0);
            rig.openClients();
            rig.send(SOME);
            rig.restart(0);
            rig.send(SOME);
            rig.requireAllOut(0);
            assertThat(rig.halted).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one-thread", "thread-per-stage"})
    void shouldGoOnFromASnapshotAndTheLogBehindIt(final String layout) throws IOException {
        try (MemberRig rig = new MemberRig(directory, 1)) {
            rig.layout(Layout.parse(layout));
            rig.start(0);
            rig.openClients();
            rig.send(SOME);
            final SectionHashes taken = rig.takeSnapshot(0);
            assertThat(taken.names()).containsExactly("log", "producers", "tables", "engine", "routes", "sane", "once");
            rig.send(SOME);
            rig.restart(0);
            rig.send(SOME);
            rig.requireAllOut(0);
        }
    }

    enum Damage {
        FLIPPED_BYTE {
            @Override
            void to(final FileChannel recording, final long length) throws IOException {
                final ByteBuffer one = ByteBuffer.allocate(1);
                recording.read(one, length / 2);
                one.put(0, (byte) (one.get(0) ^ 1)).flip();
                recording.write(one, length / 2);
            }
        },
        CUT_OFF {
            @Override
            void to(final FileChannel recording, final long length) throws IOException {
                recording.truncate(length / 2);
            }
        };

        abstract void to(FileChannel recording, long length) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void shouldUseTheSnapshotBeforeOneThatIsDamaged(final Damage damage) throws IOException {
        try (MemberRig rig = new MemberRig(directory, 1)) {
            rig.start(0);
            rig.openClients();
            rig.send(SOME);
            rig.takeSnapshot(0);
            rig.send(SOME);
            rig.takeSnapshot(0);
            rig.send(SOME);
            rig.stop(0);
            damageNewestSnapshot(rig, damage);
            rig.start(0);
            assertThat(rig.told).anyMatch(told -> told.contains("the one before it is"));
            rig.send(SOME);
            rig.requireAllOut(0);
            assertThat(rig.halted).isEmpty();
        }
    }

    private static void damageNewestSnapshot(final MemberRig rig, final Damage damage) throws IOException {
        final Path member = rig.directory(0);
        try (RecordingLog log = new RecordingLog(member.resolve("cluster").toFile(), false)) {
            final long recording = log.getLatestSnapshot(0).recordingId;
            final Path file = member.resolve("archive").resolve(recording + "-0.rec");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                damage.to(channel, usedBytes(channel));
            }
        }
    }

    /** A recording's segment is as long as it may become; what is not used yet is zeros. */
    private static long usedBytes(final FileChannel channel) throws IOException {
        final ByteBuffer all = ByteBuffer.allocate((int) channel.size());
        channel.read(all, 0);
        int used = all.position();
        while (all.get(used - 1) == 0) {
            used--;
        }
        return used;
    }

    @Test
    void shouldRefuseALogOfAnotherRevisionAndInvalidateNothing() throws IOException {
        try (MemberRig rig = new MemberRig(directory, 1)) {
            rig.start(0);
            rig.openClients();
            rig.send(SOME);
            rig.takeSnapshot(0);
            rig.stop(0);
            rig.graphs(() -> Reading.graph(2));
            assertThatThrownBy(() -> rig.start(0))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("revision 1")
                    .hasMessageContaining("revision 2");
            rig.graphs(() -> Reading.graph(1));
            rig.start(0);
            rig.send(SOME);
            rig.requireAllOut(0);
        }
    }

    @Test
    void shouldHaltOnALogOfAnotherRevisionWhereThereIsNoSnapshotYet() {
        try (MemberRig rig = new MemberRig(directory, 1)) {
            rig.start(0);
            rig.openClients();
            rig.send(SOME);
            rig.stop(0);
            rig.graphs(() -> Reading.graph(2));
            rig.start(0);
            rig.await(() -> !rig.halted.isEmpty());
            assertThat(rig.halted.get(0)).contains("revision 1").contains("revision 2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one-thread", "thread-per-stage"})
    void shouldHaltOnAnErrorInsideAMessageAndTakeThatMessageInAfterARestart(final String layout) throws IOException {
        final AtomicBoolean isBroken = new AtomicBoolean();
        try (MemberRig rig = new MemberRig(directory, 1)) {
            rig.layout(Layout.parse(layout));
            rig.graphs(() -> Reading.graph(new Breaking(isBroken)));
            rig.start(0);
            rig.openClients();
            rig.send(SOME);
            isBroken.set(true);
            rig.offer(1);
            rig.await(() -> !rig.halted.isEmpty());
            assertThat(rig.halted.get(0))
                    .contains("\"sane\" has failed at position ")
                    .contains("broken on purpose");
            rig.stop(0);
            isBroken.set(false);
            rig.start(0);
            rig.awaitAccepted();
            rig.send(SOME);
            rig.requireAllOut(0);
        }
    }

    /** What no user's function may do, but a JVM that runs out of memory does. */
    private record Breaking(AtomicBoolean isBroken) implements Stage<Reading> {
        @Override
        public String name() {
            return "sane";
        }

        @Override
        public Scope scope() {
            return Scope.STATELESS;
        }

        @Override
        public void onEvent(final Reading reading, final Slot<Reading> slot) {
            if (isBroken.get()) {
                throw new InternalError("broken on purpose");
            }
        }
    }

    @Test
    void shouldRefuseFramesThatNoProducerCouldBringIn() {
        try (MemberRig rig = new MemberRig(directory, 1)) {
            rig.maxFrameBytes(ClusterMember.mostFrameBytes() + 1);
            assertThatThrownBy(() -> rig.start(0))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("The longest frame is " + (ClusterMember.mostFrameBytes() + 1))
                    .hasMessageContaining("lower maxFrameBytes");
            rig.maxFrameBytes(ClusterMember.mostFrameBytes());
            rig.start(0);
            rig.openClients();
            rig.send(1);
            assertThat(rig.maxEventBytes()).isGreaterThanOrEqualTo(ClusterMember.mostFrameBytes());
        }
    }

    @Test
    void shouldConfirmNothingToAConsumerWithoutTheClientsSecret() throws IOException {
        final SharedSecret clients = SharedSecret.of("a test", "fedcba9876543210");
        try (MemberRig rig = new MemberRig(directory, 1)) {
            rig.secrets(SharedSecret.of("a test", "0123456789abcdef"), clients);
            rig.start(0);
            rig.openClients();
            rig.openConsumer(SharedSecret.none());
            rig.send(SOME);
            rig.await(() -> rig.member(0).status().refusedPositions() > 0);
            assertThat(rig.told)
                    .filteredOn(told -> told.startsWith("The consumer of route \"odd\" at ")
                            && told.contains("does not have the secret of this cluster's clients"))
                    .hasSize(1);
            assertThat(rig.consumed).isEmpty();
            assertThat(rig.member(0).status().routes())
                    .filteredOn(route -> route.name().equals("odd"))
                    .hasSize(1)
                    .allMatch(route -> route.settled() == 0 && route.count().confirmed() == 0);
            rig.openConsumer(clients);
            rig.requireAllOut(0);
            assertThat(rig.halted).isEmpty();
        }
    }

    @Test
    void shouldRefuseADirectoryThatAnotherMemberHas() {
        try (MemberRig rig = new MemberRig(directory, 1)) {
            rig.start(0);
            assertThatThrownBy(() -> MemberDirectory.lock(rig.directory(0)))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("in use by another member");
        }
    }
}
