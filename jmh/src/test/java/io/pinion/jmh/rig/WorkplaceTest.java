package io.pinion.jmh.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkplaceTest {
    @TempDir
    private Path folder;

    @Test
    void shouldChangeOnlyTheAddressesOfAShippedProfile() throws IOException {
        final Workplace place = new Workplace(Path.of("").toAbsolutePath().getParent(), folder, 0, 1);

        for (final String name : new String[] {"low-latency", "sidecar"}) {
            final String text =
                    Files.readString(place.profile(name, "aeron:ipc?alias=in", "aeron:ipc", Path.of("/dev/shm/x")));
            final String shipped = Files.readString(place.home().resolve("configs/profiles/" + name + ".yaml"));
            assertThat(text)
                    .isEqualTo(shipped.replace("aeron:udp?endpoint=localhost:20121", "aeron:ipc?alias=in")
                            .replace("aeron:udp?endpoint=localhost:2{stream}", "aeron:ipc")
                            .replace("driver: embedded", "driver: embedded\n  directory: /dev/shm/x"))
                    .contains("aeron:ipc?alias=in", "channel: aeron:ipc\n", "directory: /dev/shm/x");
        }
    }
}
