package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One member as a process, the durable mode: what was acknowledged comes out once, however often it is killed. */
class DurableMemberIT {
    @TempDir
    Path folder;

    @Test
    void shouldPutOutWhatWasAcknowledgedOnceAcrossKills() {
        final Random random = new Random(20_261_122);
        try (MemberProcesses members = new MemberProcesses(folder, 1);
                ClusterClients clients = members.newClients()) {
            for (int life = 0; life < 4; life++) {
                members.start(0);
                clients.sendUntilAccepted(1 + random.nextInt(1_000));
                if (life % 2 == 1) { // killed while it takes a snapshot, or shortly after
                    final PinionProcess asked = members.startSnapshot();
                    clients.await(() -> {
                        clients.offer();
                        return !asked.isAlive();
                    });
                }
                members.kill(0);
            }
            members.start(0);
            members.requireAllOutOnce(clients);
        }
    }

    /** A member that starts again knows no session, and says nothing to one; Aeron would notice after those ten minutes. */
    @Test
    void shouldBeNoticedWhenItStartsAgainByAProducerThatHearsNothing() {
        try (MemberProcesses members = new MemberProcesses(folder, 1);
                ClusterClients clients = members.newClients(Duration.ofMinutes(10))) {
            members.start(0);
            clients.sendUntilAccepted(100);
            members.kill(0);
            members.start(0);
            clients.sendUntilAccepted(100);
            members.requireAllOutOnce(clients);
        }
    }

    @Test
    void shouldTakeASnapshotWhenItIsToldToEnd() {
        try (MemberProcesses members = new MemberProcesses(folder, 1);
                ClusterClients clients = members.newClients()) {
            final PinionProcess member = members.start(0);
            clients.sendUntilAccepted(100);
            member.signal("TERM");
            clients.await(() -> !member.isAlive());
            assertThat(member.awaitEnd().exitCode()).isZero();
            assertThat(member.err()).doesNotContain("no snapshot");
            assertThat(members.snapshots(0)).isEqualTo(1);
            members.start(0);
            clients.sendUntilAccepted(100);
            members.requireAllOutOnce(clients);
        }
    }
}
