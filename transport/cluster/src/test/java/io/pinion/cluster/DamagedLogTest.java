package io.pinion.cluster;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.cluster.RecordingLog;
import io.pinion.engine.EdgeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real members, and a bit in the middle of what they wrote of the log, which has changed on the disk. */
class DamagedLogTest {
    private static final int SOME = 300;
    private static final int HEADER_BYTES = 32;

    @TempDir
    Path directory;

    /** The file of a member's log, which is short enough for one. */
    private static Path log(final MemberRig rig, final int member) {
        try (RecordingLog log =
                new RecordingLog(rig.directory(member).resolve("cluster").toFile(), false)) {
            return rig.directory(member).resolve("archive").resolve(log.findLastTermRecordingId() + "-0.rec");
        }
    }

    /** Where the fragments in it begin. */
    private static List<Integer> fragments(final Path log) throws IOException {
        final ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(log)).order(LITTLE_ENDIAN);
        final List<Integer> fragments = new ArrayList<>();
        for (int at = 0; all.getInt(at) > 0; at += BitUtil.align(all.getInt(at), HEADER_BYTES)) {
            fragments.add(at);
        }
        return fragments;
    }

    private static void flipIn(final Path log, final int fragment) throws IOException {
        KilledArchive.flip(log, fragment + HEADER_BYTES, 2);
    }

    @Test
    void shouldNotStartAloneAndNameTheFileAndThePositionAndABackUp() throws IOException {
        try (MemberRig rig = new MemberRig(directory, 1)) {
            rig.start(0);
            rig.openClients();
            rig.send(SOME);
            rig.stop(0);
            final Path log = log(rig, 0);
            final int damaged = fragments(log).get(SOME / 2);
            flipIn(log, damaged);
            assertThatThrownBy(() -> rig.start(0))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageStartingWith("Member 0's copy of the log is damaged at position " + damaged + ": " + log)
                    .hasMessageContaining("put a back-up of " + rig.directory(0) + " in its place");
            flipIn(log, damaged); // as a back-up has it
            rig.start(0);
            rig.send(SOME);
            rig.requireAllOut(0);
            assertThat(rig.halted).isEmpty();
        }
    }

    @Test
    void shouldStartFromASnapshotBehindTheDamageAndNotBeforeIt() throws IOException {
        try (MemberRig rig = new MemberRig(directory, 1)) {
            rig.start(0);
            rig.openClients();
            rig.send(SOME);
            final long snapshot = rig.takeSnapshot(0).position();
            rig.send(SOME);
            rig.stop(0);
            final Path log = log(rig, 0);
            final List<Integer> fragments = fragments(log);
            flipIn(log, fragments.get(SOME / 2));
            rig.start(0);
            rig.send(SOME);
            rig.requireAllOut(0);
            rig.stop(0);
            final int behind =
                    fragments.stream().filter(at -> at >= snapshot).findFirst().orElseThrow();
            flipIn(log, behind);
            assertThatThrownBy(() -> rig.start(0)).hasMessageContaining("is damaged at position " + behind + ": ");
            assertThat(rig.halted).isEmpty();
        }
    }

    @Test
    void shouldEndTheLeaderThatCannotGiveAnotherMemberWhatItLacksAndNotLetItStartAgain() throws IOException {
        try (MemberRig rig = new MemberRig(directory, 3)) {
            for (int i = 0; i < 3; i++) {
                rig.start(i);
            }
            rig.openClients();
            rig.send(SOME);
            final int leader = rig.awaitLeader();
            final int behind = (leader + 1) % 3;
            final int other = (leader + 2) % 3;
            rig.stop(behind);
            final Path log = log(rig, leader);
            final int before = fragments(log).size();
            rig.send(SOME);
            final int damaged = fragments(log).get(before + SOME / 2);
            flipIn(log, damaged);
            rig.start(behind);
            rig.await(() -> !rig.halted.isEmpty());
            final String sentence = "Member " + leader + "'s copy of the log is damaged at position " + damaged + ": "
                    + log + ", of recording ";
            assertThat(rig.halted.get(0))
                    .startsWith(sentence)
                    .contains("empty " + rig.directory(leader))
                    .contains("\"pinion seed\"");

            rig.stop(leader); // a process would have ended
            rig.send(SOME);
            rig.requireAllOut(other);
            rig.requireAllOut(behind);
            assertThatThrownBy(() -> rig.start(leader))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageStartingWith(sentence)
                    .hasMessageContaining("\"pinion seed\"");
        }
    }
}
