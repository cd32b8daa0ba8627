package io.pinion.engine;

import static io.pinion.engine.Policy.spill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ReplicaFullDiskTest {
    private static final int FRAME_BYTES = 1 << 20;

    @TempDir
    Path root;

    private Path disk;
    private boolean mounted;

    /** Room for the first segment of each of the two routes, and not for a second. */
    @BeforeEach
    void mountASmallDisk() throws Exception {
        disk = Files.createDirectory(root.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk.toString());
        assumeTrue(mounted, "needs root, to mount a small tmpfs");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    @Test
    @Timeout(300)
    void shouldHoldWhatTheDiskCantTakeSayWhyAndGoOnWhenThereIsRoom() throws Exception {
        final Graph<Number> graph = Graph.of(Number::new)
                .from(new Ingress("in"))
                .route(routes -> routes.otherwise().to("kept"))
                .to("kept", new Egress("kept"), spill())
                .build();
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[FRAME_BYTES]);
        try (Replica<Number> replica = Processor.of("Numbers", graph, new PaddingCodec())
                .ringSlots(2)
                .maxFrameBytes(FRAME_BYTES)
                .replica(disk, RouteBounds.USUAL)) {
            replica.begin(1);
            long position = 0;
            while (replica.whyWaiting() == null || !replica.whyWaiting().contains("next segment")) {
                if (replica.event(position, position, frame, 0, FRAME_BYTES, 0)) {
                    position++;
                }
                replica.step();
            }
            assertThat(replica.whyWaiting())
                    .contains(disk.resolve("kept").toString())
                    .containsIgnoringCase("no space");
            assertThat(replica.isSettled()).isFalse();
            assertThat(replica.count(0).next()).isLessThan(position + 1);

            assertThat(run("mount", "-o", "remount,size=128m", disk.toString())).isTrue();
            while (!replica.isSettled()) {
                replica.step();
            }
            assertThat(replica.count(0).next()).isEqualTo(position + 1);
            assertThat(replica.whyWaiting()).isNull();
        }
    }

    private static boolean run(final String... command) throws IOException, InterruptedException {
        try {
            final Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (final IOException expected) {
            return false;
        }
    }
}
