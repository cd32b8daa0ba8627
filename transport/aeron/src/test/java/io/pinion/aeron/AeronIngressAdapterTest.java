package io.pinion.aeron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.ExclusivePublication;
import io.pinion.engine.EdgeException;
import io.pinion.engine.IngressAdapter.FrameHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AeronIngressAdapterTest {
    private static final int STREAM = 1001;
    private static final FrameHandler TAKE = (buffer, offset, length, dueNs) -> true;

    /** Producers, each with its own numbers, some messages longer than a packet, a handler that refuses two of three. */
    @ParameterizedTest
    @ValueSource(strings = {"udp", "ipc"})
    void shouldHandOverEachMessageOnceAndInOrderHoweverOftenItIsRefused(final String medium) {
        final int producers = 3;
        final int messages = 2_000;
        final String channel = medium.equals("ipc") ? "aeron:ipc" : FreePorts.channel();
        final Random random = new Random(11);
        final List<List<Integer>> seen = new ArrayList<>();
        final int[] offered = new int[producers];
        final Held held = new Held();
        try (Rig rig = new Rig()) {
            final AeronIngressAdapter adapter = rig.adapter(channel, STREAM);
            final List<AeronPublisher> publishers = new ArrayList<>();
            for (int p = 0; p < producers; p++) {
                publishers.add(rig.publisher(channel, STREAM));
                seen.add(new ArrayList<>());
            }
            final FrameHandler handler = (buffer, offset, length, dueNs) -> {
                final int producer = buffer.getInt(offset);
                final int number = buffer.getInt(offset + Integer.BYTES);
                held.check(producer, number);
                assertThat(length).isEqualTo(lengthOf(number));
                assertThat(buffer.getByte(offset + length - 1)).isEqualTo((byte) number);
                if (random.nextInt(3) > 0) {
                    held.hold(producer, number);
                    return false;
                }
                return seen.get(producer).add(number);
            };
            rig.until("all seen", () -> {
                for (int p = 0; p < producers; p++) {
                    if (offered[p] < messages && offer(publishers.get(p), p, offered[p])) {
                        offered[p]++;
                    }
                }
                held.nextPoll();
                adapter.poll(handler, 1 + random.nextInt(10));
                return seen.stream().mapToInt(List::size).sum() == producers * messages;
            });
            rig.until(() -> adapter.poll(handler, 10) == 0);
            assertThat(adapter.producers()).isEqualTo(producers);
        }
        for (final List<Integer> ofProducer : seen) {
            assertThat(ofProducer).hasSize(messages).isSorted().doesNotHaveDuplicates();
        }
    }

    /** What was refused, and must come first at the next poll. */
    private static final class Held {
        private int producer = -1;
        private int number;
        private boolean isRefusedInThisPoll;

        void nextPoll() {
            isRefusedInThisPoll = false;
        }

        void check(final int nextProducer, final int nextNumber) {
            assertThat(isRefusedInThisPoll)
                    .as("handed over after a refusal in the same poll")
                    .isFalse();
            if (producer >= 0) {
                assertThat(nextProducer).isEqualTo(producer);
                assertThat(nextNumber).isEqualTo(number);
            }
            producer = -1;
        }

        void hold(final int heldProducer, final int heldNumber) {
            producer = heldProducer;
            number = heldNumber;
            isRefusedInThisPoll = true;
        }
    }

    private static boolean offer(final AeronPublisher publisher, final int producer, final int number) {
        final int lengthBytes = lengthOf(number);
        final UnsafeBuffer message = new UnsafeBuffer(new byte[lengthBytes]);
        message.putInt(0, producer);
        message.putInt(Integer.BYTES, number);
        message.putByte(lengthBytes - 1, (byte) number);
        return publisher.offer(message, 0, lengthBytes, 0);
    }

    private static int lengthOf(final int number) {
        return number % 7 == 0 ? 1_400 + number : 9 + number % 300;
    }

    @Test
    void shouldTellWhenAMessageWasDueAndZeroWhereTheHeaderSaysSomethingElse() {
        try (Rig rig = new Rig()) {
            final AeronIngressAdapter adapter = rig.adapter("aeron:ipc", STREAM);
            final ExclusivePublication publication = rig.driver.client().addExclusivePublication("aeron:ipc", STREAM);
            final long dueNs = 1_795_000_000_123_456_789L;
            final List<Long> due = new ArrayList<>();
            for (final long reserved : new long[] {dueNs, 0, -1, 0xCAFEL, Long.MAX_VALUE, dueNs + 1}) {
                rig.until(() ->
                        publication.offer(new UnsafeBuffer(new byte[3_000]), 0, 3_000, (b, o, l) -> reserved) > 0);
            }
            rig.until(() -> {
                adapter.poll((buffer, offset, length, at) -> due.add(at), 10);
                return due.size() == 6;
            });
            assertThat(due).containsExactly(dueNs, 0L, 0L, 0L, 0L, dueNs + 1);
        }
    }

    @Test
    void shouldHandOverNoMoreThanTheLimit() {
        try (Rig rig = new Rig()) {
            final AeronIngressAdapter adapter = rig.adapter("aeron:ipc", STREAM);
            final AeronPublisher publisher = rig.publisher("aeron:ipc", STREAM);
            for (int i = 0; i < 5; i++) {
                rig.offer(publisher, Rig.message(i, 100), 100);
            }
            rig.until(() -> adapter.producers() == 1);
            final List<Integer> lengths = new ArrayList<>();
            assertThat(adapter.poll((buffer, offset, length, dueNs) -> lengths.add(length), 3))
                    .isEqualTo(3);
            assertThat(lengths).hasSize(3);
        }
    }

    @Test
    void shouldThrowWhatTheHandlerThrowsAndHandTheSameMessageOverAgain() {
        try (Rig rig = new Rig()) {
            final AeronIngressAdapter adapter = rig.adapter("aeron:ipc", STREAM);
            final AeronPublisher publisher = rig.publisher("aeron:ipc", STREAM);
            rig.offer(publisher, Rig.message(1, 100), 100);
            rig.offer(publisher, Rig.message(2, 100), 100);
            rig.until(() -> adapter.producers() == 1);
            assertThatThrownBy(() -> adapter.poll(
                            (buffer, offset, length, dueNs) -> {
                                throw new IllegalStateException("mine");
                            },
                            10))
                    .hasMessage("mine");
            final List<Integer> numbers = new ArrayList<>();
            rig.until(() -> {
                adapter.poll((buffer, offset, length, dueNs) -> numbers.add(buffer.getInt(offset)), 10);
                return numbers.size() == 2;
            });
            assertThat(numbers).containsExactly(1, 2);
        }
    }

    @Test
    void shouldCountProducersThatComeAndGo() {
        final String channel = FreePorts.channel();
        try (Rig rig = new Rig();
                Rig other = new Rig()) {
            final AeronIngressAdapter adapter = rig.adapter(channel, STREAM);
            try (AeronPublisher first = other.publisher(channel, STREAM)) {
                rig.until(() -> other.step() >= 0 && first.isConnected() && adapter.producers() == 1);
                rig.offer(first, Rig.message(1, 100), 100);
                assertThat(adapter.connections()).isEqualTo(1);
                assertThat(adapter.disconnections()).isZero();
            }
            rig.until("gone", () -> {
                other.step();
                adapter.poll(TAKE, 10);
                return adapter.disconnections() == 1;
            });
            assertThat(adapter.producers()).isZero();
            assertThat(adapter.poll(TAKE, 10)).isZero();
        }
    }

    @Test
    void shouldNeverBeAtItsEnd() {
        try (Rig rig = new Rig()) {
            assertThat(rig.adapter("aeron:ipc", STREAM).isAtEnd()).isFalse();
        }
    }

    @Test
    void shouldSayThatItIsLostWhenTheThreadOfItsDriverStoodStill() throws InterruptedException {
        try (Rig rig = new Rig()) {
            final AeronIngressAdapter adapter = rig.adapter("aeron:ipc", STREAM);
            final AeronPublisher publisher = rig.publisher("aeron:ipc", STREAM);
            rig.offer(publisher, Rig.message(1, 100), 100);
            Thread.sleep(2_500);
            assertThatThrownBy(() -> rig.until(() -> false))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("embedded media driver in " + rig.driver.directory() + " has ended")
                    .hasMessageContaining("service interval exceeded");
            assertThatThrownBy(() -> adapter.poll(TAKE, 10))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("aeron:ipc stream " + STREAM + " is lost")
                    .hasMessageContaining("stood still for too long");
            assertThatThrownBy(() -> publisher.offer(Rig.message(2, 100), 0, 100, 0))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("is lost");
            assertThatThrownBy(publisher::isDrained).isInstanceOf(EdgeException.class);
        }
    }
}
