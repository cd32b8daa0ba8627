package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneMemberTest {
    @TempDir
    Path directory;

    @Test
    void shouldPutOutEachEventOnceAcrossRestarts() throws IOException {
        try (MemberRig rig = new MemberRig(directory, 1)) {
            rig.start(0);
            rig.openClients();
            rig.send(1_000);
            rig.stop(0);
            rig.start(0);
            rig.send(1_000);
            rig.requireAllOut(0);
            assertThat(rig.halted).isEmpty();
        }
    }
}
