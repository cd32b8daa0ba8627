package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three members, each a process. */
class ThreeMembersIT {
    private static final int SOME = 500;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"one-thread", "thread-per-stage"})
    void shouldGoOnWithoutItsLeaderAndTakeItBack(final String layout) {
        try (MemberProcesses members = new MemberProcesses(folder, 3, layout);
                ClusterClients clients = members.newClients()) {
            for (int i = 0; i < 3; i++) {
                members.start(i);
            }
            clients.sendUntilAccepted(SOME);
            final int first = awaitLeader(members, clients);
            members.kill(first);
            clients.sendUntilAccepted(SOME);
            final int second = awaitLeader(members, clients);
            assertThat(second).isNotEqualTo(first);
            members.start(first);
            clients.sendUntilAccepted(SOME);
            members.requireAllOutOnce(clients);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one-thread", "thread-per-stage"})
    void shouldEndTogetherWithASnapshotAndGoOnFromThere(final String layout) {
        try (MemberProcesses members = new MemberProcesses(folder, 3, layout);
                ClusterClients clients = members.newClients()) {
            for (int i = 0; i < 3; i++) {
                members.start(i);
            }
            clients.sendUntilAccepted(SOME);
            members.requireAllOutOnce(clients); // a member that has not joined yet would not hear that all are to end
            final PinionProcess stop = members.startSnapshot("--then-stop");
            for (int i = 0; i < 3; i++) {
                final PinionProcess member = members.member(i);
                clients.await(() -> !member.isAlive());
                assertThat(member.awaitEnd().exitCode())
                        .as(member.out() + member.err())
                        .isZero();
                assertThat(members.snapshots(i)).isEqualTo(1);
            }
            clients.await(() -> !stop.isAlive());
            assertThat(stop.awaitEnd().exitCode()).as(stop.err()).isZero();
            for (int i = 0; i < 3; i++) {
                members.start(i);
            }
            clients.sendUntilAccepted(SOME);
            members.requireAllOutOnce(clients);
        }
    }

    private static int awaitLeader(final MemberProcesses members, final ClusterClients clients) {
        clients.await(() -> members.leader() >= 0);
        return members.leader();
    }
}
