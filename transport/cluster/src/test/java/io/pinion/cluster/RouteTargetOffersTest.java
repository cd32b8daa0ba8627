package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.Publication;
import io.pinion.engine.EdgeException;
import io.pinion.engine.SequencedTarget;
import java.util.List;
import java.util.stream.LongStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each result that an offer to a consumer can have; with real publications, {@link RouteDeliveryTest}. */
class RouteTargetOffersTest {
    private static final long LOG = 77;
    private static final long ROUTE = 9;
    private static final int OUTPUTS = 20;

    private final ScriptedOffers offers = new ScriptedOffers();
    private final PositionFeed.Told told = new PositionFeed.Told("training");
    private final ServiceView view = new ServiceView();
    private int opened;
    private int dropped;
    private final RouteTarget target = new RouteTarget(
            (channel, stream) -> new Scripted(), "aeron:udp?endpoint=localhost:1", 7, ROUTE, told, view, 0);

    private void lead() {
        view.logId = LOG;
        view.leadershipTermId = 1;
        view.isLeader = true;
        target.doWork();
        tell(1, 1);
    }

    /** The consumer says what it expects. */
    private void tell(final long next, final long ask) {
        told.count++;
        told.logId = LOG;
        told.next = next;
        told.ask = ask;
        told.window = 1_000;
    }

    /** As a forwarder does, until all are out or nothing is taken. */
    private void deliver() {
        for (int round = 0; round < 10 * OUTPUTS; round++) {
            target.doWork();
            final long next = target.next(LOG, 1);
            if (next == SequencedTarget.UNKNOWN || next > OUTPUTS) {
                return;
            }
            final UnsafeBuffer output = new UnsafeBuffer(new byte[Long.BYTES]);
            output.putLong(0, next);
            target.offer(LOG, next, next, output, 0, Long.BYTES);
        }
    }

    private List<Long> delivered() {
        return offers.taken.stream()
                .map(UnsafeBuffer::new)
                .map(message -> RouteMessages.sequence(message, 0))
                .toList();
    }

    private static List<Long> sequences(final long from, final long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                Publication.BACK_PRESSURED,
                Publication.ADMIN_ACTION,
                Publication.NOT_CONNECTED,
                Publication.CLOSED,
                Publication.MAX_POSITION_EXCEEDED
            })
    void shouldOfferEachOutputUntilItIsTakenAndThenNoMore(final long result) {
        lead();
        offers.refuse(result, 3);
        deliver();
        assertThat(delivered()).isEqualTo(sequences(1, OUTPUTS));
        assertThat(offers.offers).isEqualTo(OUTPUTS + 3);
    }

    @ParameterizedTest
    @ValueSource(longs = {Publication.CLOSED, Publication.MAX_POSITION_EXCEEDED})
    void shouldTakeAnotherPublicationForOneThatIsGoneAndGoBackToWhatTheConsumerLacks(final long result) {
        lead();
        deliver();
        offers.taken.clear();
        tell(OUTPUTS + 1, 1);
        assertThat(opened).isOne();

        offers.refuse(result, 1);
        final UnsafeBuffer output = new UnsafeBuffer(new byte[Long.BYTES]);
        assertThat(target.next(LOG, 1)).isEqualTo(OUTPUTS + 1);
        assertThat(target.offer(LOG, OUTPUTS + 1, 1, output, 0, Long.BYTES)).isFalse();
        final int offered = offers.offers;
        assertThat(target.offer(LOG, OUTPUTS + 1, 1, output, 0, Long.BYTES)).isFalse();
        assertThat(offers.offers).as("what is gone is offered nothing").isEqualTo(offered);
        assertThat(dropped).as("left to the delivery thread").isZero();
        target.doWork();
        assertThat(dropped).isOne();
        assertThat(opened).isEqualTo(2);
        tell(OUTPUTS - 4, 2); // at its new image; what was on its way before is lost
        deliver();
        assertThat(delivered()).isEqualTo(sequences(OUTPUTS - 4, OUTPUTS));
    }

    @Test
    void shouldTakeOneOutputBehindAnotherWithoutBeingAskedWhatIsNext() {
        lead();
        final UnsafeBuffer output = new UnsafeBuffer(new byte[Long.BYTES]);
        assertThat(target.next(LOG, 1)).isOne();
        told.ask++; // by the delivery thread, meanwhile
        for (int i = 1; i <= OUTPUTS; i++) {
            assertThat(target.offer(LOG, i, i, output, 0, Long.BYTES)).isTrue();
        }
        assertThat(target.offer(LOG, OUTPUTS, 1, output, 0, Long.BYTES))
                .as("it was taken")
                .isFalse();
        assertThat(delivered()).isEqualTo(sequences(1, OUTPUTS));
        assertThat(target.next(LOG, 1)).as("what the consumer asked for").isOne();
    }

    @Test
    void shouldOfferAgainAtOnceWhereATermBufferEnded() {
        lead();
        offers.refuse(Publication.ADMIN_ACTION, 1);
        target.next(LOG, 1);
        assertThat(target.offer(LOG, 1, 1, new UnsafeBuffer(new byte[8]), 0, 8)).isTrue();
        assertThat(delivered()).containsExactly(1L);
    }

    @Test
    void shouldTakeNothingInALaterTermUntilItsConsumerIsHeardAnew() {
        lead();
        assertThat(target.next(LOG, 1)).isOne();
        view.leadershipTermId = 2; // lost, and won again, between two rounds
        assertThat(target.offer(LOG, 1, 1, new UnsafeBuffer(new byte[8]), 0, 8)).isFalse();
        target.doWork();
        assertThat(target.next(LOG, 1)).isEqualTo(SequencedTarget.UNKNOWN);
        tell(1, 1);
        deliver();
        assertThat(delivered()).isEqualTo(sequences(1, OUTPUTS));
    }

    @ParameterizedTest
    @ValueSource(longs = {Publication.BACK_PRESSURED, Publication.NOT_CONNECTED})
    void shouldSayWhatItWaitsFor(final long result) {
        lead();
        offers.refuse(result, 1);
        target.next(LOG, 1);
        target.offer(LOG, 1, 1, new UnsafeBuffer(new byte[8]), 0, 8);
        assertThat(target.whyWaiting())
                .contains(result == Publication.BACK_PRESSURED ? "slower than what comes" : "no consumer is connected");
    }

    @Test
    void shouldEndOnAResultThatNobodyKnows() {
        lead();
        offers.refuse(ScriptedOffers.UNKNOWN, 1);
        target.next(LOG, 1);
        assertThatThrownBy(() -> target.offer(LOG, 1, 1, new UnsafeBuffer(new byte[8]), 0, 8))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("unknown result " + ScriptedOffers.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                Publication.BACK_PRESSURED,
                Publication.ADMIN_ACTION,
                Publication.NOT_CONNECTED,
                Publication.CLOSED,
                Publication.MAX_POSITION_EXCEEDED
            })
    void shouldSayHelloAgainWhereThatWasNotTaken(final long result) {
        lead();
        told.logId = LOG + 1;
        offers.refuse(result, 1);
        target.next(LOG, 1);
        assertThat(offers.taken).isEmpty();
        target.doWork();
        target.next(LOG, 1);
        assertThat(offers.taken).hasSize(1);
        assertThat(RouteMessages.type(new UnsafeBuffer(offers.taken.get(0)), 0)).isEqualTo(RouteMessages.HELLO);
    }

    /** A publication whose offers have the results that a test wants. */
    private final class Scripted implements RoutePublication {
        private boolean isOpen;

        @Override
        public void requireDriver() {
            // it is there
        }

        @Override
        public boolean open() {
            opened++;
            isOpen = true;
            return true;
        }

        @Override
        public boolean isOpen() {
            return isOpen;
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public long offer(
                final DirectBuffer header,
                final int headerBytes,
                final DirectBuffer buffer,
                final int offset,
                final int lengthBytes) {
            assertThat(isOpen).isTrue();
            final UnsafeBuffer message = new UnsafeBuffer(new byte[headerBytes + lengthBytes]);
            message.putBytes(0, header, 0, headerBytes);
            message.putBytes(headerBytes, buffer, offset, lengthBytes);
            return offers.offer(message, 0, message.capacity());
        }

        @Override
        public void drop() {
            dropped++;
            isOpen = false;
        }
    }
}
