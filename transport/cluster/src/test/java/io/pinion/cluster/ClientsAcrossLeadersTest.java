package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A producer and a consumer while members come and go. */
class ClientsAcrossLeadersTest {
    @TempDir
    Path directory;

    @Test
    void shouldBringEachEventOutOnceWhicheverMemberLeads() throws IOException {
        try (MemberRig rig = new MemberRig(directory, 3)) {
            for (int member = 0; member < 3; member++) {
                rig.start(member);
            }
            rig.openClients();
            rig.send(500);
            for (int round = 0; round < 2; round++) {
                final int leader = leader(rig);
                rig.stop(leader);
                rig.send(500);
                rig.start(leader);
                rig.send(500);
            }
            for (int member = 0; member < 3; member++) {
                rig.requireAllOut(member);
            }
            assertThat(rig.halted).isEmpty();
        }
    }

    private static int leader(final MemberRig rig) {
        return IntStream.range(0, 3)
                .filter(member -> rig.member(member).status().role().equals("leader"))
                .findFirst()
                .orElseThrow();
    }
}
