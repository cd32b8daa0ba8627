package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.engine.EdgeException;
import io.pinion.engine.Layout;
import io.pinion.engine.Slot;
import io.pinion.engine.Stage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreeMembersTest {
    private static final int SOME = 300;

    @TempDir
    Path directory;

    @Test
    void shouldHaltTheMemberWhoseStateIsNotThatOfMost() throws IOException {
        try (MemberRig rig = new MemberRig(directory, 3)) {
            rig.graphs(() -> Reading.graph(new Counting(1)));
            rig.start(0);
            rig.start(1);
            rig.graphs(() -> Reading.graph(new Counting(2))); // another build, say, which forgot to raise its revision
            rig.start(2);
            rig.openClients();
            rig.send(SOME);
            final int leader = rig.awaitLeader();
            rig.member(leader).requestSnapshot();
            rig.await(() -> !rig.halted.isEmpty());
            assertThat(rig.halted.get(0)).contains("member 2").contains("\"sane\"");
            rig.stop(2);
            rig.send(SOME);
            rig.requireAllOut(0);
            rig.requireAllOut(1);
            assertThat(rig.halted).hasSize(1);
        }
    }

    /** Counts what it sees, in steps of its own. */
    private static final class Counting implements Stage<Reading> {
        private final int step;
        private long count;

        Counting(final int step) {
            this.step = step;
        }

        @Override
        public String name() {
            return "sane";
        }

        @Override
        public void onEvent(final Reading reading, final Slot<Reading> slot) {
            count += step;
        }

        @Override
        public void save(final DataOutput out) throws IOException {
            out.writeLong(count);
        }

        @Override
        public void restore(final DataInput in, final int version) throws IOException {
            count = in.readLong();
        }
    }

    @Test
    void shouldTakeSnapshotsOfEqualStateOnAllMembersWhateverTheirLayouts() throws IOException {
        final List<String> layouts = List.of("one-thread", "thread-per-stage", "ingress+once,*");
        try (MemberRig rig = new MemberRig(directory, 3)) {
            for (int i = 0; i < 3; i++) {
                rig.layout(Layout.parse(layouts.get(i)));
                rig.start(i);
            }
            rig.openClients();
            rig.send(SOME);
            final SectionHashes first = rig.takeSnapshot(rig.awaitLeader());
            for (int i = 0; i < 3; i++) {
                final int member = i;
                rig.await(() -> rig.hashesOf(member).position() == first.position());
                assertThat(rig.hashesOf(member).hashes()).isEqualTo(first.hashes());
            }
            assertThat(rig.halted).isEmpty();
        }
    }

    @Test
    void shouldKnowTheTermThatWasThereBeforeASnapshotItBeginsFrom() throws IOException {
        try (MemberRig rig = new MemberRig(directory, 3)) {
            for (int i = 0; i < 3; i++) {
                rig.start(i);
            }
            rig.openClients();
            rig.send(SOME);
            final int leader = rig.awaitLeader();
            final int follower = (leader + 1) % 3;
            final long position = rig.takeSnapshot(leader).position();
            rig.await(() -> rig.hashesOf(follower).position() == position);
            rig.restart(follower);
            rig.await(() -> rig.member(follower).status().term()
                    == rig.member(rig.awaitLeader()).status().term());
            assertThat(rig.member(follower).status().term()).isNotNegative();
        }
    }

    @Test
    void shouldCompareTheStateOfAllMembersWhenItIsAsked() throws IOException {
        try (MemberRig rig = new MemberRig(directory, 3)) {
            for (int i = 0; i < 3; i++) {
                rig.start(i);
            }
            rig.openClients();
            rig.send(SOME);
            assertThat(rig.operator().compareStates())
                    .startsWith("The state of all 3 members is the same at position ");
            rig.stop((rig.awaitLeader() + 1) % 3);
            assertThatThrownBy(() -> rig.operator().compareStates())
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("Nothing was heard of member");
            assertThat(rig.halted).isEmpty();
        }
    }

    @Test
    void shouldHaltTheMemberThatDiffersWhenItIsAsked() throws IOException {
        try (MemberRig rig = new MemberRig(directory, 3)) {
            rig.graphs(() -> Reading.graph(new Counting(1)));
            rig.start(0);
            rig.start(1);
            rig.graphs(() -> Reading.graph(new Counting(2)));
            rig.start(2);
            rig.openClients();
            rig.send(SOME);
            assertThatThrownBy(() -> rig.operator().compareStates())
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("in the section \"sane\"");
            rig.await(() -> !rig.halted.isEmpty());
            assertThat(rig.halted.get(0)).contains("member 2");
        }
    }

    @Test
    void shouldLetNobodyInWithoutTheClustersSecret() {
        try (MemberRig rig = new MemberRig(directory, 1)) {
            rig.secrets(SharedSecret.of("a test", "0123456789abcdef"), SharedSecret.of("a test", "fedcba9876543210"));
            rig.start(0);
            rig.openClients(SharedSecret.of("a test", "0123456789abcdeg"));
            assertThatThrownBy(() -> rig.await(() -> false))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("does not accept who this is");
            rig.closeClients();
            rig.openClients(SharedSecret.of("a test", "fedcba9876543210"));
            rig.send(SOME);
            assertThat(rig.halted).isEmpty();
        }
    }
}
