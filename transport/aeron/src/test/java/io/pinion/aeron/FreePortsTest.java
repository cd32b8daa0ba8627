package io.pinion.aeron;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortsTest {
    /** From here on the kernel hands ports out to whoever asks for any. */
    private static final int EPHEMERAL = 32_768;

    private static final int STRETCH = 200;

    @Test
    void shouldNotGiveAPortTwiceInARow() {
        final Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            assertThat(ports.add(FreePorts.one())).isTrue();
        }
        assertThat(ports).allMatch(port -> port < EPHEMERAL);
    }

    @Test
    void shouldPassOverAPortThatIsTaken() throws IOException {
        final int port = FreePorts.one();
        try (DatagramSocket next = new DatagramSocket(port + 1)) {
            final int first = FreePorts.inARow(3);
            assertThat(next.getLocalPort()).isNotIn(first, first + 1, first + 2);
        }
    }

    @Test
    void shouldGoOnFromTheBeginningWhenAllWereUsed() throws IOException {
        for (int i = 0; i < 20; i++) {
            final int first = FreePorts.inARow(40);
            for (int port = first; port < first + 40; port++) {
                try (DatagramSocket socket = new DatagramSocket(port)) {
                    assertThat(socket.isBound()).isTrue();
                }
            }
        }
    }

    @Test
    void shouldKeepToAStretchThatNoOtherProcessHas() throws Exception {
        final int port = FreePorts.one();
        try (OtherProcess other = OtherProcess.start("port")) {
            assertThat(other.readToTheEnd()).singleElement().matches(theirs -> theirs / STRETCH != port / STRETCH);
        }
    }
}
