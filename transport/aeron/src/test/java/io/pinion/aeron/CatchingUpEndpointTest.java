package io.pinion.aeron;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.driver.status.SystemCounterDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two drivers, of which the one that receives stood still while the other sent. */
class CatchingUpEndpointTest {
    private static final int STREAM = 1001;
    private static final int LENGTH_BYTES = 200;
    /** As many as five duty cycles may read: 1 + 2 + 4 + 8 + 16. */
    private static final int MESSAGES = 31;

    private final String channel = FreePorts.channel();
    private final List<Integer> taken = new ArrayList<>();

    @Test
    void shouldReadTwiceAsMuchEachDutyCycleWhileItIsBehind() {
        try (Rig to = new Rig();
                Rig from = new Rig()) {
            final AeronIngressAdapter adapter = to.adapter(channel, STREAM);
            final AeronPublisher publisher = connected(from, to, adapter);
            for (int round = 0; round < 2; round++) { // the second begins with one datagram again
                taken.clear();
                sendEachInItsDatagram(from, publisher);
                final long bytesBefore = bytesReceived(to);

                final List<Integer> byCycle = new ArrayList<>();
                while (taken.size() < MESSAGES) {
                    byCycle.add(takenInOneCycle(to, adapter));
                    assertThat(byCycle).hasSizeLessThan(MESSAGES / 2);
                }

                assertThat(taken).isEqualTo(IntStream.range(0, MESSAGES).boxed().toList());
                assertThat(byCycle).as("but for a heartbeat between them").hasSizeBetween(5, 7);
                for (int i = 0; i < byCycle.size(); i++) {
                    assertThat(byCycle.get(i)).isLessThanOrEqualTo(Math.min(1 << i, CatchingUpEndpoint.MOST_READ));
                }
                assertThat(bytesReceived(to) - bytesBefore).isGreaterThanOrEqualTo((long) MESSAGES * LENGTH_BYTES);
                while (to.step() > 0) { // nothing is left to read: it is not behind any more
                    Thread.onSpinWait();
                }
            }
        }
    }

    private AeronPublisher connected(final Rig from, final Rig to, final AeronIngressAdapter adapter) {
        final AeronPublisher publisher = from.publisher(channel, STREAM);
        to.until("the producer is there", () -> {
            from.step();
            return adapter.producers() == 1 && publisher.isConnected();
        });
        return publisher;
    }

    private static void sendEachInItsDatagram(final Rig from, final AeronPublisher publisher) {
        for (int i = 0; i < MESSAGES; i++) {
            from.offer(publisher, Rig.message(i, LENGTH_BYTES), LENGTH_BYTES);
            from.step();
        }
    }

    private int takenInOneCycle(final Rig to, final AeronIngressAdapter adapter) {
        final int before = taken.size();
        to.step();
        adapter.poll((buffer, offset, length, dueNs) -> taken.add(buffer.getInt(offset)), MESSAGES);
        return taken.size() - before;
    }

    private static long bytesReceived(final Rig rig) {
        return rig.driver.client().countersReader().getCounterValue(SystemCounterDescriptor.BYTES_RECEIVED.id());
    }
}
