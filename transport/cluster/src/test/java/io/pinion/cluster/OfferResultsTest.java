package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.DirectBufferVector;
import io.aeron.Publication;
import io.aeron.cluster.service.ClientSession;
import io.aeron.logbuffer.BufferClaim;
import io.pinion.engine.EdgeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each result that an offer of Aeron's can have, at each place that offers; those of {@link ClusterLink} and
 * {@link RouteTarget} have tests of their own.
 */
class OfferResultsTest {
    private final ScriptedOffers offers = new ScriptedOffers();
    private long nowNs = 3;

    // A snapshot's messages.

    @ParameterizedTest
    @ValueSource(longs = {Publication.BACK_PRESSURED, Publication.ADMIN_ACTION})
    void shouldWriteEachMessageOfASnapshotOnceHoweverOftenItIsHeldUp(final long result) throws IOException {
        final KeptSections whole = new KeptSections();
        write(new SnapshotWriter(whole));
        final SnapshotWriter writer = new SnapshotWriter((buffer, offset, length) -> {
            offers.refuse(result, 3);
            new PublicationOutput(offers, NoOpIdleStrategy.INSTANCE).put(buffer, offset, length);
        });
        write(writer);
        assertThat(offers.offers).isEqualTo(4 * offers.taken.size());
        assertThat(offers.taken.toArray(new byte[0][])).isDeepEqualTo(whole.messages.toArray(new byte[0][]));
    }

    private static void write(final SnapshotWriter writer) throws IOException {
        writer.section("one", 1, out -> out.writeLong(7));
        writer.end(64);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                Publication.NOT_CONNECTED,
                Publication.CLOSED,
                Publication.MAX_POSITION_EXCEEDED,
                ScriptedOffers.UNKNOWN
            })
    void shouldEndASnapshotWhoseRecordingIsGone(final long result) {
        offers.refuse(result, 1);
        assertThatThrownBy(() -> new PublicationOutput(offers, NoOpIdleStrategy.INSTANCE)
                        .put(new UnsafeBuffer(new byte[8]), 0, 8))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Publication.errorString(result))
                .hasMessageContaining("disk is full");
        assertThat(offers.taken).isEmpty();
    }

    // What a consumer tells of its position.

    private PositionReport report() {
        return new PositionReport(offers, "route \"training\"", 9, 8, new PositionMac(SharedSecret.none()));
    }

    private ConsumerSession consumer() {
        return new ConsumerSession("route \"training\"", 9, 8, 77, 5, 1, nowNs);
    }

    @ParameterizedTest
    @ValueSource(longs = {Publication.BACK_PRESSURED, Publication.ADMIN_ACTION, Publication.NOT_CONNECTED})
    void shouldTellAPositionLaterThatCouldNotBeToldNow(final long result) {
        final ConsumerSession consumer = consumer();
        final PositionReport report = report();
        nowNs += TimeUnit.SECONDS.toNanos(1);
        offers.refuse(result, 2);
        assertThat(report.tell(consumer, nowNs)).isFalse();
        assertThat(report.tell(consumer, nowNs)).isFalse();
        assertThat(report.tell(consumer, nowNs)).isTrue();
        assertThat(report.tell(consumer, nowNs)).as("told once").isFalse();
        final UnsafeBuffer told = new UnsafeBuffer(offers.taken.get(0));
        assertThat(offers.taken).hasSize(1);
        assertThat(RouteMessages.sequence(told, 0)).isEqualTo(5);
        assertThat(RouteMessages.logId(told, 0)).isEqualTo(77);
    }

    @ParameterizedTest
    @ValueSource(longs = {Publication.CLOSED, Publication.MAX_POSITION_EXCEEDED, ScriptedOffers.UNKNOWN})
    void shouldEndAConsumerThatCanTellNothingAnyMore(final long result) {
        nowNs += TimeUnit.SECONDS.toNanos(1);
        offers.refuse(result, 1);
        final PositionReport report = report();
        final ConsumerSession consumer = consumer();
        assertThatThrownBy(() -> report.tell(consumer, nowNs))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("can't tell its position any more")
                .hasMessageContaining("start it again");
    }

    // Answers to producers.

    @Test
    void shouldAnswerAgainAtOnceWhereOnlyTheTermWasRotated() {
        final Answers answers = new Answers();
        offers.refuse(Publication.ADMIN_ACTION, 2);
        answers.accepted(new Session(), 1, 2, 3);
        assertThat(offers.taken).hasSize(1);
        assertThat(answers.unsent()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                Publication.BACK_PRESSURED,
                Publication.ADMIN_ACTION,
                Publication.NOT_CONNECTED,
                Publication.CLOSED,
                Publication.MAX_POSITION_EXCEEDED,
                ScriptedOffers.UNKNOWN
            })
    void shouldCountAnAnswerThatCannotLeaveAndAnswerTheResentEvent(final long result) {
        final Answers answers = new Answers();
        offers.refuse(result, 3);
        answers.accepted(new Session(), 1, 2, 3);
        final int before = offers.offers;
        assertThat(answers.unsent()).isOne();
        assertThat(answers.lastUnsent()).isEqualTo(Publication.errorString(result));
        assertThat(before).as("tries").isLessThanOrEqualTo(3);

        final ScriptedOffers later = new ScriptedOffers();
        answers.accepted(new Session(later), 1, 2, 3); // it is resent, and acknowledged again
        assertThat(later.taken).hasSize(1);
    }

    @Test
    void shouldLeaveTheSessionsOfOthersAlone() {
        final Answers answers = new Answers();
        answers.accepted(null, 1, 2, 3);
        final Session closing = new Session();
        closing.isClosing = true;
        answers.accepted(closing, 1, 2, 3);
        assertThat(offers.offers).isZero();
        assertThat(answers.unsent()).isZero();
    }

    // What a member says to the log.

    @Test
    void shouldSayToTheLogLaterWhatItDoesNotTakeNow() {
        final ServiceView view = new ServiceView();
        view.logId = 77;
        view.isLeader = true;
        view.hashes = new SectionHashes(640, List.of("log"), new long[] {5});
        final ScriptedSession link = new ScriptedSession();
        final MemberSession session = new MemberSession(link, 1, 1, new Genesis(1, "Test", ""), view);
        link.room = 0;
        for (int i = 0; i < 5; i++) {
            session.doWork(nowNs += TimeUnit.SECONDS.toNanos(2));
            assertThat(session.confirm(0, 10)).isFalse();
        }
        assertThat(link.types).isEmpty();
        link.room = Integer.MAX_VALUE;
        session.doWork(nowNs);
        assertThat(session.confirm(0, 10)).isTrue();
        assertThat(link.types).containsExactly(ClusterMessages.TICK, ClusterMessages.HASHES, ClusterMessages.CONFIRM);
        session.doWork(nowNs);
        assertThat(session.confirm(0, 10)).isTrue();
        assertThat(link.types).as("each once").hasSize(3);
    }

    @Test
    void shouldSayAllAgainToAnotherLeader() {
        final ServiceView view = new ServiceView();
        view.logId = 77;
        view.isLeader = true;
        view.hashes = new SectionHashes(640, List.of("log"), new long[] {5});
        final ScriptedSession link = new ScriptedSession();
        final MemberSession session = new MemberSession(link, 1, 1, new Genesis(1, "Test", ""), view);
        session.doWork(nowNs);
        session.confirm(0, 10);
        link.generation++;
        assertThat(session.confirm(0, 10)).as("of the session before").isFalse();
        session.doWork(nowNs);
        session.confirm(0, 10);
        assertThat(link.types)
                .containsExactly(
                        ClusterMessages.TICK,
                        ClusterMessages.HASHES,
                        ClusterMessages.CONFIRM,
                        ClusterMessages.TICK,
                        ClusterMessages.HASHES,
                        ClusterMessages.CONFIRM);
    }

    /** Takes so many messages, and notes their types. */
    private static final class ScriptedSession implements LogSession {
        final List<Short> types = new ArrayList<>();
        int room = Integer.MAX_VALUE;
        long generation = 1;

        @Override
        public int doWork(final long nowNs) {
            return 0;
        }

        @Override
        public long generation() {
            return generation;
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public boolean offer(final DirectBuffer buffer, final int offset, final int lengthBytes) {
            if (types.size() >= room) {
                return false;
            }
            types.add(ClusterMessages.type(buffer, offset));
            return true;
        }

        @Override
        public String whyWaiting() {
            return null;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    /** A client's session with the service. */
    private final class Session implements ClientSession {
        private final ScriptedOffers to;
        boolean isClosing;

        Session() {
            this(offers);
        }

        Session(final ScriptedOffers to) {
            this.to = to;
        }

        @Override
        public long id() {
            return 1;
        }

        @Override
        public int responseStreamId() {
            return 1;
        }

        @Override
        public String responseChannel() {
            return "aeron:ipc";
        }

        @Override
        public byte[] encodedPrincipal() {
            return new byte[0];
        }

        @Override
        public void close() {
            isClosing = true;
        }

        @Override
        public boolean isClosing() {
            return isClosing;
        }

        @Override
        public long offer(final DirectBuffer buffer, final int offset, final int length) {
            return to.offer(buffer, offset, length);
        }

        @Override
        public long offer(final DirectBufferVector[] vectors) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long tryClaim(final int length, final BufferClaim bufferClaim) {
            throw new UnsupportedOperationException();
        }
    }

    // An operator's request.

    @ParameterizedTest
    @ValueSource(longs = {Publication.BACK_PRESSURED, Publication.ADMIN_ACTION, Publication.NOT_CONNECTED})
    void shouldOfferAnOperatorsRequestUntilItIsTakenAndThenNoMore(final long result) {
        final OperatorRequest request = new OperatorRequest(new UnsafeBuffer(new byte[] {7, 8, 9}), 2);
        offers.refuse(result, 2);
        assertThat(request.offerTo(offers)).isFalse();
        assertThat(request.offerTo(offers)).isFalse();
        assertThat(request.offerTo(offers)).isTrue();
        assertThat(request.offerTo(offers)).isTrue();
        assertThat(offers.taken).containsExactly(new byte[] {7, 8});
    }

    @ParameterizedTest
    @ValueSource(longs = {Publication.CLOSED, Publication.MAX_POSITION_EXCEEDED})
    void shouldSayThatAnOperatorsRequestWasNotTakenWhenTheSessionHasEnded(final long result) {
        final OperatorRequest request = new OperatorRequest(new UnsafeBuffer(new byte[1]), 1);
        offers.refuse(result, 1);
        assertThatThrownBy(() -> request.offerTo(offers))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("nothing was done, ask again");
        assertThat(offers.taken).isEmpty();
    }

    @Test
    void shouldNameAnUnknownResultOfAnOperatorsRequest() {
        final OperatorRequest request = new OperatorRequest(new UnsafeBuffer(new byte[1]), 1);
        offers.refuse(ScriptedOffers.UNKNOWN, 1);
        assertThatThrownBy(() -> request.offerTo(offers)).hasMessageContaining("unknown result -77");
    }
}
