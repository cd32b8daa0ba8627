package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member whose disk is gone is filled from a running one, and takes its place again. */
class SeedIT {
    private static final int SOME = 500;

    /** With which some more events than a segment of the log has room for. */
    private static final int LONG_EVENT_BYTES = 1_000;

    private static final int MORE_THAN_A_SEGMENT = 20_000;

    @TempDir
    Path folder;

    @Test
    void shouldTakeItsPlaceAgainThoughTheLogNoLongerHasItsBegin() throws IOException {
        try (MemberProcesses members = new MemberProcesses(folder, 3);
                ClusterClients clients = members.newClients()) {
            for (int i = 0; i < 3; i++) {
                members.start(i);
            }
            clients.padEventsTo(LONG_EVENT_BYTES);
            clients.sendUntilAccepted(MORE_THAN_A_SEGMENT);
            clients.padEventsTo(0);
            awaitSnapshot(members, clients, 1);
            clients.isConsuming(false);
            clients.sendUntilAccepted(SOME); // lies in route logs alone, and in the snapshot as not confirmed
            awaitSnapshot(members, clients, 2);
            for (int i = 0; i < 3; i++) {
                final Path begin = members.directory(i).resolve("archive/0-0.rec");
                clients.await(() -> !Files.exists(begin));
            }

            final int lost = (members.leader() + 1) % 3;
            final int leader = members.leader();
            members.kill(lost);
            members.wipe(lost);
            final PinionProcess empty = members.start(lost);
            clients.await(() -> empty.err().contains("\"pinion seed\""));
            empty.close();
            members.wipe(lost);
            final CommandResult seed = members.seed(lost, leader);
            assertThat(seed.err()).isEmpty();
            assertThat(seed.out()).contains("member " + lost + " is seeded in").contains("with 2 files");
            clients.sendUntilAccepted(SOME);
            members.start(lost);
            clients.isConsuming(true);
            clients.sendUntilAccepted(SOME);
            members.requireAllOutOnce(clients);

            awaitSnapshot(members, clients, 3, 2, lost);
            clients.await(() -> members.hashes(lost).equals(members.hashes(leader)));
            assertThat(Files.mismatch(members.evaluationFile(lost), members.evaluationFile(leader)))
                    .isEqualTo(-1);

            members.kill(lost);
            members.start(lost).awaitText("is running");
            clients.sendUntilAccepted(SOME);
            members.requireAllOutOnce(clients);
            members.kill(leader); // the majority needs the seeded one now
            clients.sendUntilAccepted(SOME);
            members.requireAllOutOnce(clients);
        }
    }

    private static void awaitSnapshot(final MemberProcesses members, final ClusterClients clients, final int number) {
        awaitSnapshot(members, clients, number, number, 0);
    }

    private static void awaitSnapshot(
            final MemberProcesses members,
            final ClusterClients clients,
            final int number,
            final int numberOfSeeded,
            final int seeded) {
        final PinionProcess asked = members.startSnapshot();
        for (int i = 0; i < 3; i++) {
            final int member = i;
            clients.await(() -> members.snapshots(member) == (member == seeded ? numberOfSeeded : number));
        }
        assertThat(asked.awaitEnd().exitCode()).as(asked.err()).isZero();
    }

    @Test
    void shouldSayWhatItCannotBeSeededFrom() {
        try (MemberProcesses members = new MemberProcesses(folder, 3)) {
            final CommandResult seed = members.seed(2, 0);
            assertThat(seed.exitCode()).isOne();
            assertThat(seed.err())
                    .contains("there is no " + members.directory(0).resolve("cluster"));
            assertThat(members.directory(2).resolve("cluster")).doesNotExist();
        }
    }

    @Test
    void shouldRefuseAMemberThatHasADisk() {
        try (MemberProcesses members = new MemberProcesses(folder, 3)) {
            Sources.write(members.directory(2).resolve("cluster"), "recording.log", "");
            final CommandResult seed = members.seed(2, 0);
            assertThat(seed.exitCode()).isOne();
            assertThat(seed.err()).contains("one that is to be seeded has to have an empty directory");
        }
    }
}
