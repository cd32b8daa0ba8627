package io.pinion.aeron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.engine.EdgeException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Each error for real, and the sentence it becomes. */
class AeronErrorsTest {
    private static final int STREAM = 1001;

    @TempDir
    Path mountPoint;

    @Test
    void shouldSayThatAUdpPortIsInUse() throws IOException {
        try (Rig rig = new Rig();
                DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            final String channel = "aeron:udp?endpoint=127.0.0.1:" + taken.getLocalPort();
            assertThatThrownBy(() -> rig.adapter(channel, STREAM))
                    .isInstanceOf(EdgeException.class)
                    .hasMessage("Can't open " + channel + " stream 1001: another process uses that UDP port; stop it,"
                            + " or take another port.");
            // The driver lives on.
            rig.adapter(FreePorts.channel(), STREAM);
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAChannel() {
        try (Rig rig = new Rig()) {
            for (final String channel : new String[] {
                "udp://localhost:20121", "aeron:udp", "aeron:udp?endpoint=localhost", "aeron:tcp?endpoint=localhost:1"
            }) {
                for (final boolean isIngress : new boolean[] {true, false}) {
                    assertThatThrownBy(() -> {
                                if (isIngress) {
                                    rig.adapter(channel, STREAM);
                                } else {
                                    rig.publisher(channel, STREAM);
                                }
                            })
                            .isInstanceOf(EdgeException.class)
                            .hasMessageContaining("Can't open " + channel + " stream 1001: ")
                            .hasMessageContaining("write a channel such as aeron:udp?endpoint=localhost:20121")
                            .hasMessageNotContaining("Exception");
                }
            }
        }
    }

    @Test
    void shouldSayThatAHostHasNoAddress() {
        try (Rig rig = new Rig()) {
            final String channel = "aeron:udp?endpoint=nowhere.invalid:20121";
            assertThatThrownBy(() -> rig.publisher(channel, STREAM))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("Can't open " + channel + " stream 1001: its host has no address");
            assertThatThrownBy(() -> rig.adapter(channel, STREAM))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("its host has no address");
        }
    }

    @Test
    void shouldSayThatAnAddressIsNotThisMachines() {
        try (Rig rig = new Rig()) {
            assertThatThrownBy(() -> rig.adapter("aeron:udp?endpoint=192.0.2.1:20121", STREAM))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("that address is not one of this machine's");
        }
    }

    @Test
    void shouldNameAnOptionThatIsOutOfBounds() {
        final AeronOptions options = AeronOptions.defaults();
        assertSaid(() -> options.withTermLengthBytes(100_000), "termLengthBytes is 100000: make it a power of two");
        assertSaid(() -> options.withTermLengthBytes(32 * 1024), "termLengthBytes is 32768: make it a power of two");
        assertSaid(() -> options.withMtuBytes(1500), "mtuBytes is 1500: make it a multiple of 32");
        assertSaid(() -> options.withReceiverWindowBytes(1024, 4096), "receiverWindowBytes is 1024: make it at least");
        assertSaid(() -> options.withReceiverWindowBytes(4096, 2048), "socketBufferBytes is 2048: make it at least");
        assertSaid(
                () -> options.withTimeouts(Duration.ofSeconds(1), Duration.ZERO), "peerTimeout is PT0S: make it PT1S");
    }

    private static void assertSaid(final Executable executable, final String sentence) {
        assertThatThrownBy(executable::execute)
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void shouldSayHowMuchRoomABufferNeeds() throws Exception {
        onDisk(48, disk -> {
            final AeronOptions options = Rig.options().withTermLengthBytes(16 << 20);
            try (AeronDriver driver = AeronDriver.invoked(options, disk.resolve("driver"))) {
                assertThatThrownBy(() -> new AeronPublisher(driver.client(), "aeron:ipc", STREAM))
                        .isInstanceOf(EdgeException.class)
                        .hasMessageContaining("Can't open aeron:ipc stream 1001: its buffers take 49 MiB and")
                        .hasMessageContaining("smaller termLength");
            }
        });
    }

    @Test
    void shouldTellOfAProducerForWhichThereIsNoRoom() throws Exception {
        onDisk(40, disk -> {
            final String channel = FreePorts.channel();
            try (AeronDriver driver = AeronDriver.invoked(Rig.options(), disk.resolve("driver"));
                    AeronIngressAdapter adapter = new AeronIngressAdapter(driver.client(), channel, STREAM);
                    Rig other = new Rig(Rig.options().withTermLengthBytes(16 << 20))) {
                final AeronPublisher publisher = other.publisher(channel, STREAM);
                other.until("told", () -> {
                    step(driver);
                    publisher.offer(Rig.message(1, 100), 0, 100, 0);
                    return !driver.errors().isEmpty();
                });
                assertThat(driver.errors().get(0))
                        .contains("A producer or consumer can't connect: its buffers take 49 MiB")
                        .contains("smaller termLength at the sending side");
                assertThat(adapter.producers()).isZero();
                assertThat(publisher.whyWaiting()).startsWith("no consumer is connected");
            }
        });
    }

    @Test
    void shouldSayThatThereIsNoRoomForADriverAtAll() throws Exception {
        onDisk(1, disk -> assertThatThrownBy(() -> AeronDriver.invoked(Rig.options(), disk.resolve("driver")))
                .isInstanceOf(EdgeException.class)
                .hasMessage("There is no room for a media driver in " + disk.resolve("driver")
                        + ": it takes 12 MiB and then its buffers, and 1 MiB are free; make that larger, or name"
                        + " another directory."));
    }

    @Test
    void shouldSayThatADriverCantHaveAMountPointItself() throws Exception {
        onDisk(40, disk -> assertThatThrownBy(() -> AeronDriver.invoked(Rig.options(), disk))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("can't have " + disk + " itself, which is a mount point"));
    }

    private static void step(final AeronDriver driver) {
        try {
            driver.agent().orElseThrow().doWork();
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    @FunctionalInterface
    private interface OnDisk {
        void run(Path disk) throws Exception;
    }

    /** A small tmpfs of its own in the place of /dev/shm. Mounting one takes root. */
    private void onDisk(final int mib, final OnDisk body) throws Exception {
        final boolean isMounted =
                run("mount", "-t", "tmpfs", "-o", "size=" + mib + "m", "tmpfs", mountPoint.toString());
        assumeTrue(isMounted, "skipped: only root may mount a small disk to fill");
        try {
            body.run(mountPoint);
        } finally {
            assertThat(run("umount", "-l", mountPoint.toString())).isTrue();
        }
    }

    private static boolean run(final String... command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
