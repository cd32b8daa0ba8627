package io.pinion.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A cluster without its transport, for one producer: what is sent lies in a queue until it is taken in, what is answered until
 * it is heard, and either can be lost where a session is. What is taken is decided as the members do.
 */
final class ScriptedCluster implements ProducerSession.Uplink {
    static final long LOG_ID = 77;

    private final Admission admission =
            new Admission(new Genesis(1, "Test", ""), new ProducerMarks(2, 1_000_000), new TableLoads(0, 0));
    private final Deque<byte[]> sent = new ArrayDeque<>();
    private final Deque<byte[]> answers = new ArrayDeque<>();
    private final UnsafeBuffer answer = new UnsafeBuffer(new byte[64]);

    /** The payloads that were taken, in their order. */
    final List<Integer> taken = new ArrayList<>();

    boolean isBusy;
    boolean isRefusingOffers;

    ScriptedCluster() {
        admission.onGenesis(LOG_ID, new Genesis(1, "Test", ""));
    }

    @Override
    public boolean offer(final DirectBuffer buffer, final int offset, final int lengthBytes) {
        if (isRefusingOffers) {
            return false;
        }
        final byte[] message = new byte[lengthBytes];
        buffer.getBytes(offset, message);
        sent.add(message);
        return true;
    }

    int onTheWay() {
        return sent.size();
    }

    byte[] lastSent() {
        return sent.getLast();
    }

    /** A leader is lost, and what was on its way there and back. */
    void elect() {
        sent.clear();
        answers.clear();
    }

    void loseAnswers() {
        answers.clear();
    }

    /** Takes in one message. */
    void take() {
        if (sent.isEmpty()) {
            return;
        }
        final UnsafeBuffer message = new UnsafeBuffer(sent.removeFirst());
        final long producer = ClusterMessages.first(message, 0);
        if (ClusterMessages.type(message, 0) == ClusterMessages.OPEN) {
            if (admission.onOpen(producer, ClusterMessages.second(message, 0)) == Admission.Outcome.ACCEPT) {
                answer(ClusterMessages.four(
                        answer,
                        ClusterMessages.OPENED,
                        0,
                        producer,
                        ClusterMessages.second(message, 0),
                        admission.epoch(),
                        admission.last()));
            } else {
                refuse(producer);
            }
            return;
        }
        final Admission.Outcome outcome = admission.onEvent(
                producer,
                ClusterMessages.second(message, 0),
                ClusterMessages.third(message, 0),
                ClusterMessages.aux(message, 0),
                isBusy);
        switch (outcome) {
            case ACCEPT, ACKNOWLEDGE -> {
                if (outcome == Admission.Outcome.ACCEPT) {
                    taken.add(message.getInt(ClusterMessages.EVENT_HEADER_BYTES));
                }
                answer(ClusterMessages.three(
                        answer, ClusterMessages.ACK, 0, producer, admission.epoch(), admission.last()));
            }
            case REFUSE -> refuse(producer);
            case IGNORE -> {}
        }
    }

    private void refuse(final long producer) {
        answer(ClusterMessages.three(
                answer,
                ClusterMessages.REFUSED,
                admission.reason(),
                producer,
                admission.epoch(),
                admission.expected()));
    }

    private void answer(final int lengthBytes) {
        final byte[] bytes = new byte[lengthBytes];
        answer.getBytes(0, bytes);
        answers.add(bytes);
    }

    /** Lets the producer hear one answer. */
    void answerTo(final ProducerSession producer, final long nowNs) {
        if (!answers.isEmpty()) {
            final byte[] bytes = answers.removeFirst();
            producer.onAnswer(new UnsafeBuffer(bytes), 0, bytes.length, nowNs);
        }
    }

    /** All that is on the way is taken in, and all answers heard. */
    void settle(final ProducerSession producer, final long nowNs) {
        while (!sent.isEmpty() || !answers.isEmpty()) {
            take();
            answerTo(producer, nowNs);
        }
    }
}
