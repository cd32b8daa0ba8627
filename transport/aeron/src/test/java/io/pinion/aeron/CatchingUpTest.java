package io.pinion.aeron;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.driver.status.SystemCounterDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two drivers, of which the one that receives stood still while the other sent, each message in a datagram of its own. */
class CatchingUpTest {
    private static final int STREAM = 1001;
    private static final int LENGTH_BYTES = 200;
    /** As many as seven duty cycles may read: 1 + 2 + 4 + 8 + 16 + 16 + 16. Within the window that a receiver grants at first. */
    private static final int MANY = 63;

    private final Rig from = new Rig();
    private final Rig to = new Rig();
    private final List<Integer> taken = new ArrayList<>();
    private AeronIngressAdapter adapter;
    private AeronPublisher publisher;
    private int sent;

    @BeforeEach
    void connect() {
        final String channel = FreePorts.channel();
        adapter = to.adapter(channel, STREAM);
        publisher = from.publisher(channel, STREAM);
        to.until("the producer is there", () -> {
            from.step();
            return adapter.producers() == 1 && publisher.isConnected();
        });
        readAllThatIsThere();
    }

    @AfterEach
    void close() {
        from.close();
        to.close();
    }

    @Test
    void shouldReadTwiceAsMuchEachDutyCycleWhileItIsBehind() {
        final long bytesBefore = bytesReceived();
        send(MANY);

        final List<Integer> byCycle = takenByCycle(MANY);

        assertThat(byCycle).as("but for a heartbeat between them").hasSizeBetween(7, 9);
        for (int i = 0; i < byCycle.size(); i++) {
            assertThat(byCycle.get(i)).isLessThanOrEqualTo(Math.min(1 << i, CatchingUp.MOST_READ));
        }
        assertThat(taken).isEqualTo(IntStream.range(0, MANY).boxed().toList());
        assertThat(bytesReceived() - bytesBefore).isGreaterThanOrEqualTo((long) MANY * LENGTH_BYTES);
    }

    @Test
    void shouldBeginWithOneAgainWhereItHasCaughtUp() {
        send(5);
        assertThat(takenByCycle(5)).hasSizeBetween(3, 4); // 1 and 2, and 2 of the 4 that it might have read
        send(3);
        assertThat(takenInOneCycle()).isLessThanOrEqualTo(1);
    }

    @Test
    void shouldBeginWithOneAgainAfterADutyCycleWithoutAny() {
        send(3);
        takenByCycle(3);
        readAllThatIsThere();
        send(3);
        assertThat(takenInOneCycle()).isLessThanOrEqualTo(1);
    }

    private void readAllThatIsThere() {
        while (to.step() > 0) {
            Thread.onSpinWait();
        }
    }

    private void send(final int messages) {
        for (int i = 0; i < messages; i++) {
            from.offer(publisher, Rig.message(sent++, LENGTH_BYTES), LENGTH_BYTES);
            from.step();
        }
    }

    private List<Integer> takenByCycle(final int messages) {
        final List<Integer> byCycle = new ArrayList<>();
        final int end = taken.size() + messages;
        while (taken.size() < end) {
            byCycle.add(takenInOneCycle());
            assertThat(byCycle).hasSizeLessThanOrEqualTo(messages + 2);
        }
        return byCycle;
    }

    private int takenInOneCycle() {
        final int before = taken.size();
        to.step();
        adapter.poll((buffer, offset, length, dueNs) -> taken.add(buffer.getInt(offset)), MANY);
        return taken.size() - before;
    }

    private long bytesReceived() {
        return to.driver.client().countersReader().getCounterValue(SystemCounterDescriptor.BYTES_RECEIVED.id());
    }
}
