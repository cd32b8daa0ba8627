package io.pinion.aeron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.Publication;
import io.pinion.engine.EdgeException;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AeronPublisherTest {
    private static final int STREAM = 2001;
    private static final int LENGTH = 200;

    private static String channelOf(final String medium) {
        return medium.equals("ipc") ? "aeron:ipc" : FreePorts.channel();
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "ipc"})
    void shouldRefuseAndSayWhereWhileNoConsumerIsConnected(final String medium) {
        final String channel = channelOf(medium);
        try (Rig rig = new Rig()) {
            final AeronPublisher publisher = rig.publisher(channel, STREAM);
            assertThat(publisher.offer(Rig.message(1, LENGTH), 0, LENGTH, 0)).isFalse();
            assertThat(publisher.whyWaiting())
                    .isEqualTo("no consumer is connected to " + channel + " stream " + STREAM);
            assertThat(publisher.isDrained()).isTrue();
            rig.adapter(channel, STREAM);
            rig.offer(publisher, Rig.message(1, LENGTH), LENGTH);
            assertThat(publisher.whyWaiting()).isEqualTo(channel + " stream " + STREAM + " takes what comes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "ipc"})
    void shouldBeHeldBackByASlowConsumerAndLoseNothing(final String medium) {
        final String channel = channelOf(medium);
        try (Rig rig = new Rig()) {
            final AeronPublisher publisher = rig.publisher(channel, STREAM);
            final AeronIngressAdapter slow = rig.adapter(channel, STREAM);
            final List<Integer> seen = new ArrayList<>();
            final int[] offered = {0};
            rig.until(publisher::isConnected);
            int refusedInARow = 0;
            while (refusedInARow < 20_000) {
                if (publisher.offer(Rig.message(offered[0], LENGTH), 0, LENGTH, 0)) {
                    offered[0]++;
                    refusedInARow = 0;
                } else {
                    refusedInARow++;
                }
                rig.step();
            }
            assertThat(publisher.whyWaiting()).contains("slower than what comes");
            final int window = offered[0];
            assertThat(window).isLessThan(2 * 64 * 1024 / LENGTH);
            rig.until("all seen", () -> {
                if (offered[0] < 5 * window && publisher.offer(Rig.message(offered[0], LENGTH), 0, LENGTH, 0)) {
                    offered[0]++;
                }
                slow.poll((buffer, offset, length, dueNs) -> seen.add(buffer.getInt(offset)), 1);
                return seen.size() == 5 * window;
            });
            for (int i = 0; i < seen.size(); i++) {
                assertThat(seen.get(i)).isEqualTo(i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "ipc"})
    void shouldBeDrainedNoSoonerThanAllIsRead(final String medium) {
        final String channel = channelOf(medium);
        try (Rig rig = new Rig()) {
            final AeronPublisher publisher = rig.publisher(channel, STREAM);
            final AeronIngressAdapter consumer = rig.adapter(channel, STREAM);
            for (int round = 0; round < 3; round++) {
                final int messages = 1 + 40 * round;
                for (int i = 0; i < messages; i++) {
                    rig.offer(publisher, Rig.message(i, LENGTH), LENGTH);
                }
                // Long enough for a status message to say what was read so far.
                stepFor(rig, 300);
                assertThat(publisher.isDrained()).as("nothing read").isFalse();
                final int last = messages - 1;
                final boolean[] isAtLast = {false};
                rig.until("all but the last read", () -> {
                    consumer.poll(
                            (buffer, offset, length, dueNs) -> {
                                isAtLast[0] = buffer.getInt(offset) == last;
                                return !isAtLast[0];
                            },
                            10);
                    publisher.isDrained();
                    return isAtLast[0];
                });
                stepFor(rig, 300);
                assertThat(publisher.isDrained()).as("the last not read").isFalse();
                rig.until("drained", () -> {
                    consumer.poll((buffer, offset, length, dueNs) -> true, 10);
                    return publisher.isDrained();
                });
            }
        }
    }

    private static void stepFor(final Rig rig, final int millis) {
        final long endNs = System.nanoTime() + millis * 1_000_000L;
        rig.until(() -> System.nanoTime() - endNs >= 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "ipc"})
    void shouldNotWaitForEverForAConsumerThatWentAway(final String medium) {
        final String channel = channelOf(medium);
        try (Rig rig = new Rig()) {
            final AeronPublisher publisher = rig.publisher(channel, STREAM);
            final AeronIngressAdapter consumer = rig.adapter(channel, STREAM);
            rig.offer(publisher, Rig.message(1, LENGTH), LENGTH);
            assertThat(publisher.isDrained()).isFalse();
            consumer.close();
            rig.until("drained", publisher::isDrained);
            rig.until(() -> !publisher.offer(Rig.message(2, LENGTH), 0, LENGTH, 0));
            assertThat(publisher.whyWaiting()).startsWith("no consumer is connected");
        }
    }

    @Test
    void shouldSendAndReadMessagesOfAHundredKilobytesOverUdp() {
        final String channel = FreePorts.channel();
        final int length = 100_000;
        try (Rig rig = new Rig(Rig.options().withTermLengthBytes(1 << 20))) {
            final AeronPublisher publisher = rig.publisher(channel, STREAM);
            final AeronIngressAdapter consumer = rig.adapter(channel, STREAM);
            assertThat(publisher.maxFrameBytes()).isGreaterThan(length);
            final int[] seen = {0};
            int offered = 0;
            while (seen[0] < 50) {
                if (offered < 50 && publisher.offer(Rig.message(offered, length), 0, length, 0)) {
                    offered++;
                }
                rig.step();
                consumer.poll(
                        (buffer, offset, bytes, dueNs) -> {
                            final UnsafeBuffer expected = Rig.message(seen[0], length);
                            assertThat(new UnsafeBuffer(buffer, offset, bytes)).isEqualTo(expected);
                            seen[0]++;
                            return true;
                        },
                        64);
            }
            rig.until("drained", () -> {
                consumer.poll((buffer, offset, bytes, dueNs) -> false, 64);
                return publisher.isDrained();
            });
        }
    }

    @Test
    void shouldPassOnAFrameWithTheTimeItWasDue() {
        try (Rig rig = new Rig()) {
            final AeronPublisher publisher = rig.publisher("aeron:ipc", STREAM);
            final AeronIngressAdapter consumer = rig.adapter("aeron:ipc", STREAM);
            final Frame frame = new Frame(500, 500);
            frame.copyFrom(Rig.message(7, 300), 0, 300, FrameFormat.WIRE);
            final long dueNs = 1_795_000_000_000_000_007L;
            rig.until(() -> publisher.offer(frame, dueNs));
            final long[] due = {0};
            rig.until(() -> consumer.poll(
                            (buffer, offset, length, at) -> {
                                due[0] = at;
                                return new UnsafeBuffer(buffer, offset, length).equals(Rig.message(7, 300));
                            },
                            1)
                    > 0);
            assertThat(due[0]).isEqualTo(dueNs);
        }
    }

    @Test
    void shouldRefuseAMessageLongerThanAnEighthOfItsTermLength() {
        try (Rig rig = new Rig()) {
            final AeronPublisher publisher = rig.publisher("aeron:ipc", STREAM);
            rig.adapter("aeron:ipc", STREAM);
            final int max = publisher.maxFrameBytes();
            assertThat(max).isEqualTo(64 * 1024 / 8);
            rig.offer(publisher, Rig.message(1, max), max);
            assertThatThrownBy(() -> publisher.offer(Rig.message(1, max + 1), 0, max + 1, 0))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining(max + 1 + " bytes is too long for aeron:ipc stream " + STREAM)
                    .hasMessageContaining("make that larger");
        }
    }

    /** Positions end after 2^31 terms: 128 TiB of these small ones. This one begins two terms before. */
    @ParameterizedTest
    @ValueSource(strings = {"udp", "ipc"})
    void shouldGoOnInOrderWhenAPublicationHasUsedUpItsPositions(final String medium) {
        final String base = channelOf(medium);
        final String atItsEnd = base + (medium.equals("ipc") ? "?" : "|")
                + "term-length=65536|init-term-id=0|term-id=2147483646|term-offset=0";
        final int messages = 2_000;
        try (Rig rig = new Rig()) {
            final AeronIngressAdapter consumer = rig.adapter(base, STREAM);
            final AeronPublisher publisher = rig.publisher(atItsEnd, STREAM);
            final List<Integer> seen = new ArrayList<>();
            final int[] offered = {0};
            rig.until("all seen", () -> {
                if (offered[0] < messages && publisher.offer(Rig.message(offered[0], LENGTH), 0, LENGTH, 0)) {
                    offered[0]++;
                }
                consumer.poll((buffer, offset, length, dueNs) -> seen.add(buffer.getInt(offset)), 10);
                return seen.size() == messages;
            });
            for (int i = 0; i < messages; i++) {
                assertThat(seen.get(i)).isEqualTo(i);
            }
            assertThat(consumer.connections()).isEqualTo(2);
            rig.until("drained", () -> {
                consumer.poll((buffer, offset, length, dueNs) -> false, 10);
                return publisher.isDrained();
            });
        }
    }

    /** A publisher whose offers have this result while there are any left. */
    private static AeronPublisher refusing(final Rig rig, final String channel, final long result, final int[] left) {
        return rig.opened(new AeronPublisher(
                rig.driver.client(),
                channel,
                STREAM,
                offer -> (buffer, offset, lengthBytes, dueTime) ->
                        left[0]-- > 0 ? result : offer.offer(buffer, offset, lengthBytes, dueTime)));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                Publication.BACK_PRESSURED,
                Publication.ADMIN_ACTION,
                Publication.NOT_CONNECTED,
                Publication.MAX_POSITION_EXCEEDED
            })
    void shouldSendEachMessageOnceHoweverOftenItWasRefused(final long result) {
        final int messages = 30;
        try (Rig rig = new Rig()) {
            final AeronIngressAdapter consumer = rig.adapter("aeron:ipc", STREAM);
            final int[] left = {0};
            final AeronPublisher publisher = refusing(rig, "aeron:ipc", result, left);
            rig.until(publisher::isConnected);
            final List<Integer> seen = new ArrayList<>();
            final int[] refused = {0};
            for (int i = 0; i < messages; i++) {
                final int number = i;
                left[0] = i % 3 == 0 ? 3 : 0;
                rig.until("taken", () -> {
                    consumer.poll((buffer, offset, length, dueNs) -> seen.add(buffer.getInt(offset)), 10);
                    final boolean isTaken = publisher.offer(Rig.message(number, LENGTH), 0, LENGTH, 0);
                    refused[0] += isTaken ? 0 : 1;
                    return isTaken;
                });
            }
            rig.until("all seen", () -> {
                consumer.poll((buffer, offset, length, dueNs) -> seen.add(buffer.getInt(offset)), 10);
                return seen.size() >= messages;
            });
            assertThat(refused[0]).isPositive();
            for (int i = 0; i < messages; i++) {
                assertThat(seen.get(i)).isEqualTo(i);
            }
            assertThat(seen).hasSize(messages);
        }
    }

    @Test
    void shouldNotRefuseForATermThatWasOnlyRotated() {
        try (Rig rig = new Rig()) {
            rig.adapter("aeron:ipc", STREAM);
            final int[] left = {0};
            final AeronPublisher publisher = refusing(rig, "aeron:ipc", Publication.ADMIN_ACTION, left);
            rig.until(publisher::isConnected);
            left[0] = 1;
            assertThat(publisher.offer(Rig.message(1, LENGTH), 0, LENGTH, 0)).isTrue();
        }
    }

    @Test
    void shouldEndWithASentenceWhenItsPublicationIsClosed() {
        try (Rig rig = new Rig()) {
            rig.adapter("aeron:ipc", STREAM);
            final AeronPublisher publisher = refusing(rig, "aeron:ipc", Publication.CLOSED, new int[] {1});
            rig.until(publisher::isConnected);
            assertThatThrownBy(() -> publisher.offer(Rig.message(1, LENGTH), 0, LENGTH, 0))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("aeron:ipc stream " + STREAM + " is lost");
        }
    }
}
