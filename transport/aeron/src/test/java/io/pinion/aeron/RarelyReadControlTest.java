package io.pinion.aeron;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.driver.media.SendChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import io.aeron.driver.status.SystemCounterDescriptor;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.concurrent.CachedNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An endpoint by itself, whose driver is never invoked: so the test says what time it is. */
class RarelyReadControlTest {
    private static final long PAUSE_NS = 10_000;

    @TempDir
    private Path directory;

    private final OpenSockets sockets = new OpenSockets();
    private final ByteBuffer read = ByteBuffer.allocateDirect(64 * 1024);
    private MediaDriver driver;
    private CachedNanoClock clock;
    private DatagramSocket consumer;
    private SendChannelEndpoint endpoint;

    @BeforeEach
    void open() throws Exception {
        final MediaDriver.Context context = new MediaDriver.Context()
                .threadingMode(ThreadingMode.INVOKER)
                .aeronDirectoryName(directory.resolve("driver").toString())
                .dirDeleteOnShutdown(true);
        driver = MediaDriver.launch(context);
        clock = context.senderCachedNanoClock();
        consumer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        endpoint = new RarelyReadControl(sockets)
                .newInstance(
                        UdpChannel.parse("aeron:udp?endpoint=127.0.0.1:" + consumer.getLocalPort()), null, context);
        endpoint.openDatagramChannel(context.systemCounters().get(SystemCounterDescriptor.ERRORS));
        consumer.connect(address(endpoint));
    }

    @AfterEach
    void close() {
        endpoint.close();
        consumer.close();
        driver.close();
    }

    @Test
    void shouldLookAgainTenMicrosecondsAfterItLookedInVain() throws Exception {
        assertThat(isRead()).isFalse();
        say("that it has read so far");

        clock.update(clock.nanoTime() + PAUSE_NS - 1);
        assertThat(isRead()).as("not looked at").isFalse();
        clock.update(clock.nanoTime() + 1);
        assertThat(isRead()).isTrue();
    }

    @Test
    void shouldReadEachTimeWhileThereIsSomething() throws Exception {
        say("that it has read so far");
        say("that it misses some");
        say("that it has read on");

        assertThat(isRead()).isTrue();
        assertThat(isRead()).isTrue();
        assertThat(isRead()).isTrue();
        assertThat(isRead()).isFalse();
    }

    @Test
    void shouldBeCountedWhileItIsOpen() {
        assertThat(sockets.isAny()).isTrue();
        endpoint.close();
        assertThat(sockets.isAny()).isFalse();
    }

    private static InetSocketAddress address(final SendChannelEndpoint endpoint) {
        final String bound = endpoint.bindAddressAndPort();
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(bound.substring(bound.lastIndexOf(':') + 1)));
    }

    /** Over loopback it is there when the call returns. */
    private void say(final String what) throws Exception {
        final byte[] bytes = what.getBytes();
        consumer.send(new DatagramPacket(bytes, bytes.length));
    }

    private boolean isRead() {
        return endpoint.receive(read) != null;
    }
}
