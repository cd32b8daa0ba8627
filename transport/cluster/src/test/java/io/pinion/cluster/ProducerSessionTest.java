package io.pinion.cluster;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.engine.EdgeException;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ProducerSessionTest {
    private static final long RESEND_NS = SECONDS.toNanos(1);
    private static final long MS = MILLISECONDS.toNanos(1);

    private final ScriptedCluster cluster = new ScriptedCluster();
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[4]);
    private long nowNs = 5;

    private ProducerSession producer(final long id, final long nonce) {
        return new ProducerSession(id, nonce, new UnackedEvents(8, 1_024), RESEND_NS, nowNs);
    }

    private ProducerSession opened(final long id, final long nonce) {
        final ProducerSession producer = producer(id, nonce);
        producer.send(nowNs, cluster);
        cluster.settle(producer, nowNs);
        assertThat(producer.isOpen()).isTrue();
        return producer;
    }

    private boolean offer(final ProducerSession producer, final int value) {
        payload.putInt(0, value);
        return producer.event(0, payload, 0, 4, 0);
    }

    private void offerUpTo(final ProducerSession producer, final int from, final int to) {
        IntStream.rangeClosed(from, to)
                .forEach(value -> assertThat(offer(producer, value)).isTrue());
    }

    @Test
    void shouldTakeNothingBeforeTheClusterHasSaidWhereItGoesOn() {
        final ProducerSession producer = producer(1, 10);
        assertThat(offer(producer, 1)).isFalse();
        producer.send(nowNs, cluster);
        cluster.settle(producer, nowNs);
        assertThat(offer(producer, 1)).isTrue();
    }

    @Test
    void shouldOpenAgainWhenNothingIsAnswered() {
        final ProducerSession producer = producer(1, 10);
        producer.send(nowNs, cluster);
        cluster.elect();
        nowNs += RESEND_NS - 1;
        assertThat(producer.send(nowNs, cluster)).isZero();
        nowNs += 1;
        assertThat(producer.send(nowNs, cluster)).isOne();
        cluster.settle(producer, nowNs);
        assertThat(producer.isOpen()).isTrue();
    }

    @Test
    void shouldGoOnBehindWhatAnEarlierInstanceHadAccepted() {
        final ProducerSession first = opened(1, 10);
        offerUpTo(first, 1, 3);
        first.send(nowNs, cluster);
        cluster.settle(first, nowNs);

        final ProducerSession second = opened(1, 11);
        assertThat(second.accepted()).isEqualTo(3);
        assertThat(second.sent()).isEqualTo(3);
        offerUpTo(second, 4, 5);
        second.send(nowNs, cluster);
        cluster.settle(second, nowNs);
        assertThat(second.accepted()).isEqualTo(5);
        assertThat(cluster.taken).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void shouldEndWhenAYoungerInstanceIsAtWork() {
        final ProducerSession first = opened(1, 10);
        opened(1, 11);
        offerUpTo(first, 1, 1);
        first.send(nowNs, cluster);
        assertThatThrownBy(() -> cluster.settle(first, nowNs))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("Producer 1 was replaced by a younger instance");
        assertThat(cluster.taken).isEmpty();
    }

    @Test
    void shouldKeepWhatIsUnacknowledgedUpToItsWindow() {
        final ProducerSession producer = opened(1, 10);
        offerUpTo(producer, 1, 8);
        assertThat(offer(producer, 9)).isFalse();
        producer.send(nowNs, cluster);
        assertThat(offer(producer, 9)).isFalse();
        cluster.settle(producer, nowNs);
        assertThat(offer(producer, 9)).isTrue();
    }

    @Test
    void shouldResendWhatIsUnacknowledgedAtOnceWhenAnotherLeads() {
        final ProducerSession producer = opened(1, 10);
        offerUpTo(producer, 1, 4);
        producer.send(nowNs, cluster);
        cluster.take();
        cluster.take();
        cluster.elect();
        producer.onConnected(nowNs);
        assertThat(producer.send(nowNs, cluster)).isEqualTo(4);
        assertThat(producer.resent()).isEqualTo(4);
        cluster.settle(producer, nowNs);
        assertThat(producer.accepted()).isEqualTo(4);
        assertThat(cluster.taken).containsExactly(1, 2, 3, 4);
    }

    @Test
    void shouldResendFromWhereAGapBegins() {
        final ProducerSession producer = opened(1, 10);
        offerUpTo(producer, 1, 1);
        producer.send(nowNs, cluster);
        cluster.elect();
        offerUpTo(producer, 2, 4);
        producer.send(nowNs, cluster);
        cluster.settle(producer, nowNs);
        assertThat(cluster.taken).isEmpty();
        assertThat(producer.send(nowNs, cluster)).isEqualTo(4);
        cluster.settle(producer, nowNs);
        assertThat(cluster.taken).containsExactly(1, 2, 3, 4);
        assertThat(producer.accepted()).isEqualTo(4);
    }

    @Test
    void shouldSendOneAtATimeAndEachLaterWhileTheClusterIsBusy() {
        final ProducerSession producer = opened(1, 10);
        offerUpTo(producer, 1, 5);
        cluster.isBusy = true;
        producer.send(nowNs, cluster);
        cluster.settle(producer, nowNs);
        assertThat(producer.whyWaiting()).contains("busy");
        for (final int waitMs : new int[] {1, 2, 4, 8, 16, 32, 64, 100, 100}) {
            nowNs += waitMs * MS - 1;
            assertThat(producer.send(nowNs, cluster)).isZero();
            nowNs += 1;
            assertThat(producer.send(nowNs, cluster)).isOne();
            assertThat(producer.send(nowNs, cluster)).isZero();
            cluster.settle(producer, nowNs);
        }
        cluster.isBusy = false;
        nowNs += 100 * MS;
        assertThat(producer.send(nowNs, cluster)).isOne();
        cluster.settle(producer, nowNs);
        assertThat(producer.send(nowNs, cluster)).isEqualTo(4);
        cluster.settle(producer, nowNs);
        assertThat(cluster.taken).containsExactly(1, 2, 3, 4, 5);
        assertThat(producer.whyWaiting()).isEqualTo("the cluster takes what comes");
    }

    @Test
    void shouldProbeAgainWhenAProbeIsLost() {
        final ProducerSession producer = opened(1, 10);
        offerUpTo(producer, 1, 2);
        cluster.isBusy = true;
        producer.send(nowNs, cluster);
        cluster.settle(producer, nowNs);
        cluster.isBusy = false;
        nowNs += MS;
        assertThat(producer.send(nowNs, cluster)).isOne();
        cluster.elect();
        nowNs += RESEND_NS;
        assertThat(producer.send(nowNs, cluster)).isOne();
        cluster.settle(producer, nowNs);
        producer.send(nowNs, cluster);
        cluster.settle(producer, nowNs);
        assertThat(cluster.taken).containsExactly(1, 2);
    }

    @Test
    void shouldEndWhenItIsForgottenWithEventsUnacknowledged() {
        final ProducerSession producer = opened(1, 10);
        offerUpTo(producer, 1, 2);
        producer.send(nowNs, cluster);
        answer(producer, ClusterMessages.UNKNOWN);
    }

    private void answer(final ProducerSession producer, final int reason) {
        final UnsafeBuffer refusal = new UnsafeBuffer(new byte[64]);
        final int length = ClusterMessages.three(refusal, ClusterMessages.REFUSED, reason, 1, 0, 1);
        assertThatThrownBy(() -> producer.onAnswer(refusal, 0, length, nowNs))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("2 events from 1 on are not acknowledged");
    }

    @Test
    void shouldEndWhenThereAreAsManyProducersAsCanBe() {
        opened(1, 10);
        opened(2, 20);
        final ProducerSession third = producer(3, 30);
        third.send(nowNs, cluster);
        assertThatThrownBy(() -> cluster.settle(third, nowNs))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("as many producers as it keeps, and refuses producer 3");
    }

    @Test
    void shouldIgnoreAnswersToOthers() {
        final ProducerSession producer = opened(1, 10);
        offerUpTo(producer, 1, 2);
        final UnsafeBuffer answer = new UnsafeBuffer(new byte[64]);
        final int length = ClusterMessages.three(answer, ClusterMessages.ACK, 0, 2, 1, 2);
        producer.onAnswer(answer, 0, length, nowNs);
        producer.onAnswer(answer, 0, 7, nowNs);
        assertThat(producer.accepted()).isZero();
    }

    @Test
    void shouldRemindTheClusterOfItselfWhenItHasNothingToSayForAnHour() {
        final ProducerSession producer = opened(1, 10);
        nowNs += SECONDS.toNanos(3_600);
        assertThat(producer.send(nowNs, cluster)).isZero();
        assertThat(cluster.onTheWay()).isOne();
        cluster.settle(producer, nowNs);
        offerUpTo(producer, 1, 1);
        producer.send(nowNs, cluster);
        cluster.settle(producer, nowNs);
        assertThat(producer.accepted()).isOne();
    }

    @Test
    void shouldKnowForHowLongNothingWasAnsweredToWhatItSent() {
        final ProducerSession producer = opened(1, 10);
        nowNs += 100 * RESEND_NS;
        assertThat(producer.silenceNs(nowNs)).as("it said nothing").isZero();
        offerUpTo(producer, 1, 3);
        producer.send(nowNs, cluster);
        cluster.elect();
        nowNs += RESEND_NS;
        producer.send(nowNs, cluster); // again
        cluster.elect();
        nowNs += RESEND_NS;
        assertThat(producer.silenceNs(nowNs)).as("since it was sent first").isEqualTo(2 * RESEND_NS);
        producer.send(nowNs, cluster);
        cluster.settle(producer, nowNs);
        assertThat(producer.accepted()).isEqualTo(3);
        assertThat(producer.silenceNs(nowNs + 100 * RESEND_NS))
                .as("all is answered")
                .isZero();
    }

    @Test
    void shouldNotTakeForSilenceWhatAnotherSessionDidNotAnswer() {
        final ProducerSession producer = opened(1, 10);
        offerUpTo(producer, 1, 3);
        producer.send(nowNs, cluster);
        cluster.elect();
        nowNs += RESEND_NS;
        producer.onConnected(nowNs);
        assertThat(producer.silenceNs(nowNs)).isZero();
        producer.send(nowNs, cluster);
        cluster.elect();
        assertThat(producer.silenceNs(nowNs + MS)).isEqualTo(MS);
    }
}
