package io.pinion.cluster;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;

/** A producer against what members decide, with whatever can happen between the two. */
class ProducerSessionModelTest {
    private static final long RESEND_NS = MILLISECONDS.toNanos(50);

    enum Step {
        OFFER,
        SEND,
        TAKE,
        ANSWER,
        WAIT,
        ELECT,
        LOSE_ANSWERS,
        BUSY,
        REFUSE_OFFERS,
        RESTART
    }

    private ScriptedCluster cluster;
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[4]);
    private final List<Integer> offered = new ArrayList<>();
    private ProducerSession producer;

    /** Clocks of this kind overflow. */
    private long nowNs;

    private long nonce;

    @Property(tries = 3_000)
    void shouldBringEachEventInOnceAndInOrderWhateverIsLost(@ForAll @Size(max = 200) final List<Step> steps) {
        cluster = new ScriptedCluster();
        offered.clear();
        nowNs = Long.MAX_VALUE - MILLISECONDS.toNanos(20);
        restart();
        for (final Step step : steps) {
            apply(step);
            check();
        }
        cluster.isBusy = false;
        cluster.isRefusingOffers = false;
        for (int round = 0; round < 200 && (!producer.isOpen() || producer.accepted() < producer.sent()); round++) {
            producer.send(nowNs, cluster);
            cluster.settle(producer, nowNs);
            nowNs += MILLISECONDS.toNanos(10);
        }
        check();
        assertThat(producer.accepted()).isEqualTo(producer.sent());
        assertThat(cluster.taken).isEqualTo(offered);
    }

    private void apply(final Step step) {
        switch (step) {
            case OFFER -> offer();
            case SEND -> producer.send(nowNs, cluster);
            case TAKE -> cluster.take();
            case ANSWER -> cluster.answerTo(producer, nowNs);
            case WAIT -> nowNs += MILLISECONDS.toNanos(7);
            case ELECT -> {
                cluster.elect();
                producer.onConnected(nowNs);
            }
            case LOSE_ANSWERS -> cluster.loseAnswers();
            case BUSY -> cluster.isBusy ^= true;
            case REFUSE_OFFERS -> cluster.isRefusingOffers ^= true;
            case RESTART -> restart();
        }
    }

    private void offer() {
        payload.putInt(0, offered.size() + 1);
        if (producer.event(0, payload, 0, 4, 0)) {
            offered.add(offered.size() + 1);
        }
    }

    /** Another instance, which knows nothing of the first; what that had not brought in is offered again by its user. */
    private void restart() {
        cluster.elect();
        producer = new ProducerSession(1, ++nonce, new UnackedEvents(5, 400), RESEND_NS, nowNs);
        while (offered.size() > cluster.taken.size()) {
            offered.remove(offered.size() - 1);
        }
    }

    private void check() {
        assertThat(cluster.taken)
                .isEqualTo(
                        IntStream.rangeClosed(1, cluster.taken.size()).boxed().toList());
        if (producer.isOpen()) {
            assertThat(producer.accepted()).isLessThanOrEqualTo(cluster.taken.size());
            assertThat((long) cluster.taken.size()).isLessThanOrEqualTo(producer.sent());
        }
    }
}
