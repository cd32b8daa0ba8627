package io.pinion.aeron;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Real processes at the other end of a real socket, killed by SIGKILL. */
class ProcessDeathTest {
    private static final int STREAM = 1001;
    private static final String MANY = "100000000";

    @Test
    void shouldReadOnFromAProducerThatWasKilledAndCameBack() throws Exception {
        final String channel = FreePorts.channel();
        final List<Integer> numbers = new ArrayList<>();
        try (Rig rig = new Rig()) {
            final AeronIngressAdapter adapter = rig.adapter(channel, STREAM);
            try (OtherProcess first = OtherProcess.start("send", channel, "" + STREAM, "0", MANY)) {
                readUntil(rig, adapter, numbers, 1_000);
                first.kill();
            }
            // What it had sent before it died is still read; then the driver finds out that it is gone.
            rig.until("gone", () -> {
                poll(adapter, numbers);
                return adapter.producers() == 0;
            });
            assertInOrderFrom(0, numbers);
            assertThat(adapter.disconnections()).isEqualTo(1);

            numbers.clear();
            try (OtherProcess second = OtherProcess.start("send", channel, "" + STREAM, "500", "20000")) {
                readUntil(rig, adapter, numbers, 20_000);
                rig.until("it knows that all was read", () -> {
                    poll(adapter, numbers);
                    return !second.isAlive();
                });
            }
            assertThat(numbers).hasSize(20_000);
            assertInOrderFrom(500, numbers);
            assertThat(adapter.connections()).isEqualTo(2);
        }
    }

    @Test
    void shouldPutAMessageTogetherThoughItsProducerIsGoneMeanwhile() throws Exception {
        final String channel = FreePorts.channel();
        final List<Integer> numbers = new ArrayList<>();
        final Rig other = new Rig();
        try (Rig rig = new Rig()) {
            final AeronIngressAdapter adapter = rig.adapter(channel, STREAM);
            final AeronPublisher dying = other.publisher(channel, STREAM);
            other.until(() -> rig.step() >= 0 && dying.offer(Rig.message(1, 5_000), 0, 5_000, 0));
            rig.until("the first fragment is in", () -> {
                other.step();
                return adapter.producers() == 1 && adapter.poll((b, o, l, d) -> numbers.add(b.getInt(o)), 1) == 1;
            });
            final int[] steps = {0};
            rig.until("the other fragments are in too", () -> other.step() >= 0 && ++steps[0] > 1_000);
            assertThat(numbers).isEmpty();
            other.close();
            rig.until("gone", () -> {
                poll(adapter, numbers);
                return adapter.producers() == 0;
            });
            assertThat(numbers).containsExactly(1);
        }
    }

    @Test
    void shouldWaitForAConsumerThatWasKilledAndGoOnWhenItComesBack() throws Exception {
        final String channel = FreePorts.channel();
        final int[] next = {0};
        final UnsafeBuffer message = new UnsafeBuffer(new byte[OtherProcess.LENGTH]);
        try (Rig rig = new Rig()) {
            final AeronPublisher publisher = rig.publisher(channel, STREAM);
            final Random pace = new Random(3);
            try (OtherProcess first = OtherProcess.start("read", channel, "" + STREAM)) {
                rig.until("it read some", () -> {
                    offerNext(publisher, message, next);
                    return first.read().size() > 1_000;
                });
                first.kill();
                assertInOrderFrom(0, first.read());
            }
            rig.until("nothing is taken and it says why", () -> {
                offerNext(publisher, message, next);
                return publisher.whyWaiting().equals("no consumer is connected to " + channel + " stream " + STREAM);
            });
            final int acceptedBefore = next[0];
            assertThat(publisher.isDrained())
                    .as("drained, with nobody there to wait for")
                    .isTrue();

            try (OtherProcess second = OtherProcess.start("read", channel, "" + STREAM)) {
                rig.until("it read on", () -> {
                    if (pace.nextInt(4) == 0) {
                        offerNext(publisher, message, next);
                    }
                    return second.read().size() > 1_000;
                });
                rig.until("drained", publisher::isDrained);
                rig.until("printed", () -> second.read().contains(next[0] - 1));
                final List<Integer> read = second.read();
                assertThat(read).isSorted().doesNotHaveDuplicates();
                // Nothing that was accepted after it came back is missing.
                final List<Integer> expected = new ArrayList<>();
                for (int number = acceptedBefore; number < next[0]; number++) {
                    expected.add(number);
                }
                assertThat(new HashSet<>(read)).containsAll(expected);
            }
        }
    }

    private static void offerNext(final AeronPublisher publisher, final UnsafeBuffer message, final int[] next) {
        message.putInt(0, next[0]);
        if (publisher.offer(message, 0, OtherProcess.LENGTH, 0)) {
            next[0]++;
        }
    }

    private static void readUntil(
            final Rig rig, final AeronIngressAdapter adapter, final List<Integer> numbers, final int size) {
        rig.until("read " + size, () -> {
            poll(adapter, numbers);
            return numbers.size() >= size;
        });
    }

    private static void poll(final AeronIngressAdapter adapter, final List<Integer> numbers) {
        adapter.poll((buffer, offset, length, dueNs) -> numbers.add(buffer.getInt(offset)), 10);
    }

    private static void assertInOrderFrom(final int first, final List<Integer> numbers) {
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(first + i);
        }
    }
}
