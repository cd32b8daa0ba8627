package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.engine.EdgeException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What goes out in the call that appended it, and what is left to the delivery thread. */
class ForwarderTurnsTest extends ForwarderRig {
    /** As the graph's thread does: what was delivered before is in place. */
    private void appendAndSay(final int count) {
        for (int i = 0; i < count; i++) {
            append(1);
            forwarder.onAppend();
        }
    }

    private void deliverTheFirst(final int count) {
        target.isLeadersOnly = true;
        append(count);
        work(20);
        assertThat(target.taken).isEqualTo(sequences(1, count));
    }

    @Test
    void shouldDeliverInTheCallWhatIsAppendedBehindAllThatWasDelivered() {
        deliverTheFirst(10);
        appendAndSay(1_000);
        assertThat(target.taken).isEqualTo(sequences(1, 1_010));
        work(5);
        assertThat(target.taken).isEqualTo(sequences(1, 1_010));
    }

    @Test
    void shouldLeaveItToTheDeliveryThreadWhereItIsNotInPlaceYet() {
        target.isLeadersOnly = true;
        appendAndSay(10);
        assertThat(target.taken).isEmpty();
        work(5);
        assertThat(target.taken).isEqualTo(sequences(1, 10));
    }

    @Test
    void shouldLeaveTargetsOfThisMembersDiskToTheDeliveryThread() {
        append(10);
        work(20);
        appendAndSay(1);
        assertThat(target.taken).isEqualTo(sequences(1, 10));
        work(1);
        assertThat(target.taken).isEqualTo(sequences(1, 11));
    }

    @Test
    void shouldDeliverNothingInTheCallWhereItDoesNotLead() {
        deliverTheFirst(10);
        view.isLeader = false;
        appendAndSay(10);
        assertThat(target.taken).isEqualTo(sequences(1, 10));
    }

    @Test
    void shouldKeepTheOrderWhereTheTargetHasNoRoomForAWhile() {
        deliverTheFirst(10);
        target.room = 12;
        appendAndSay(10);
        assertThat(target.taken).isEqualTo(sequences(1, 12));
        target.room = Integer.MAX_VALUE;
        appendAndSay(1);
        assertThat(target.taken).isEqualTo(sequences(1, 21));
    }

    @Test
    void shouldLeaveATargetThatLagsToTheDeliveryThread() {
        deliverTheFirst(10);
        target.room = 10;
        appendAndSay(200);
        target.room = Integer.MAX_VALUE;
        appendAndSay(1);
        assertThat(target.taken).isEqualTo(sequences(1, 10));
        work(3);
        appendAndSay(1);
        assertThat(target.taken).as("but for the last 64").isEqualTo(sequences(1, 212));
    }

    @Test
    void shouldLeaveADamagedRecordToTheDeliveryThread() throws IOException {
        letDamageEndTheMember();
        deliverTheFirst(10);
        append(10);
        damage(15);
        forwarder.onAppend();
        assertThat(target.taken).isEqualTo(sequences(1, 14));
        forwarder.onAppend();
        assertThat(target.taken).isEqualTo(sequences(1, 14));
        assertThatThrownBy(() -> work(20)).hasMessageContaining("pinion seed");
    }

    @Test
    void shouldLeaveATargetThatFailsForGoodToTheDeliveryThread() {
        deliverTheFirst(10);
        target.offerFailure = new EdgeException("Too long.");
        appendAndSay(2);
        assertThat(forwarder.failure()).isNull();
        work(10);
        assertThat(forwarder.failure()).contains("Too long.");
        target.offerFailure = null;
        appendAndSay(2);
        assertThat(target.taken).isEqualTo(sequences(1, 10));
    }

    @Test
    void shouldDeliverNothingBehindItsEnd() {
        deliverTheFirst(10);
        target.room = 10;
        appendAndSay(1);
        forwarder.close();
        target.room = Integer.MAX_VALUE;
        appendAndSay(10);
        assertThat(target.taken).isEqualTo(sequences(1, 10));
    }

    @Test
    void shouldLookOnceMoreForWhatWasAppendedBehindTheOffersOfARound() {
        deliverTheFirst(10);
        assertThat(forwarder.doWork(nowNs)).isZero();
        target.behindOffers = () -> {
            target.behindOffers = () -> {};
            inAnotherThread(() -> appendAndSay(1));
            assertThat(target.taken).as("not its turn").isEqualTo(sequences(1, 10));
        };
        assertThat(forwarder.doWork(nowNs)).isPositive();
        assertThat(target.taken).isEqualTo(sequences(1, 11));
        assertThat(forwarder.doWork(nowNs)).isZero();
    }

    @Test
    void shouldNotWaitForAnOutputThatIsJustDeliveredInTheCall() {
        deliverTheFirst(10);
        target.atOffer = () -> inAnotherThread(
                () -> assertThat(forwarder.doWork(nowNs)).as("come again").isPositive());
        appendAndSay(1);
        assertThat(target.taken).isEqualTo(sequences(1, 11));
    }

    private static void inAnotherThread(final Runnable what) {
        final CompletableFuture<Void> done = CompletableFuture.runAsync(what);
        assertThat(done).succeedsWithin(Duration.ofMinutes(2));
    }

    @Test
    void shouldDeliverEachOnceAndInOrderWhileBothThreadsDeliver() throws InterruptedException {
        deliverTheFirst(10);
        final int outputs = 30_000;
        final AtomicBoolean isOver = new AtomicBoolean();
        final AtomicReference<Throwable> failed = new AtomicReference<>();
        final Thread delivery = new Thread(() -> {
            boolean isLast;
            do {
                isLast = isOver.get();
            } while (forwarder.doWork(System.nanoTime()) > 0 || !isLast);
        });
        delivery.setUncaughtExceptionHandler((thread, e) -> failed.set(e));
        target.refusesOneIn = 7;
        delivery.start();
        try {
            for (int i = 0; i < outputs; i++) {
                appendAndSay(1);
                if (i % 100 == 0) { // so that segments are freed
                    log.writer().confirm(LOG, target.lastTaken);
                    log.doWork();
                }
            }
        } finally {
            isOver.set(true);
            delivery.join(Duration.ofMinutes(2).toMillis());
        }
        assertThat(failed).hasNullValue();
        target.refusesOneIn = 0;
        while (forwarder.doWork(System.nanoTime()) > 0) {
            // What was refused last goes out.
        }
        assertThat(target.taken).isEqualTo(sequences(1, outputs + 10));
    }
}
