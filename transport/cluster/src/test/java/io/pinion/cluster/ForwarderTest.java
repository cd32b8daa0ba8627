package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.engine.EdgeException;
import io.pinion.engine.SequencedTarget;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ForwarderTest extends ForwarderRig {
    @Test
    void shouldDeliverAllInOrderOverManySegments() {
        append(1_000);
        work(50);
        assertThat(target.taken).isEqualTo(sequences(1, 1_000));
        append(10);
        work(5);
        assertThat(target.taken).isEqualTo(sequences(1, 1_010));
    }

    @Test
    void shouldBeginWhereTheTargetSays() {
        append(500);
        target.next = 321;
        work(50);
        assertThat(target.taken).isEqualTo(sequences(321, 500));
    }

    @Test
    void shouldGoBackWhenTheTargetAsksForSomethingAgain() {
        append(300);
        work(20);
        target.taken.clear();
        target.next = 150;
        work(20);
        assertThat(target.taken).isEqualTo(sequences(150, 300));
    }

    @Test
    void shouldOfferTheSameAgainWhenItIsRefused() {
        append(10);
        target.room = 4;
        work(10);
        assertThat(target.taken).isEqualTo(sequences(1, 4));
        target.room = Integer.MAX_VALUE;
        work(10);
        assertThat(target.taken).isEqualTo(sequences(1, 10));
    }

    @Test
    void shouldWaitWhileTheTargetHasNotSaidWhereItStands() {
        append(10);
        target.next = SequencedTarget.UNKNOWN;
        work(10);
        assertThat(target.taken).isEmpty();
        target.next = 5;
        work(20);
        assertThat(target.taken).isEqualTo(sequences(5, 10));
    }

    @Test
    void shouldWaitForItsLogWhereTheTargetIsAhead() {
        append(10);
        target.next = 15;
        work(20);
        assertThat(target.taken).isEmpty();
        assertThat(forwarder.whyWaiting()).contains("expects 15");
        append(10);
        work(20);
        assertThat(target.taken).isEqualTo(sequences(15, 20));
        assertThat(forwarder.whyWaiting()).isEqualTo("scripted");
    }

    @Test
    void shouldSayWhatIsKeptWhereTheTargetWantsWhatIsGone() {
        append(1_000);
        log.writer().confirm(LOG, 900);
        while (log.doWork() > 0) {
            // Segments are freed.
        }
        target.next = 3;
        work(20);
        assertThat(target.firstKept).isBetween(4L, 901L);
        assertThat(target.taken).isEmpty();
        target.next = target.firstKept;
        work(50);
        assertThat(target.taken).isEqualTo(sequences(target.firstKept, 1_000));
    }

    @Test
    void shouldConfirmWhatIsSettledAndOnlyWhileItLeads() {
        append(10);
        work(10);
        assertThat(confirmed).isEmpty();
        target.settled = 7;
        work(1);
        assertThat(confirmed).containsExactly(7L);
        assertThat(forwarder.settled()).isEqualTo(7);
        view.isLeader = false;
        work(10);
        assertThat(confirmed).containsExactly(7L);
    }

    @Test
    void shouldNeverSettleLess() {
        append(10);
        target.settled = 7;
        work(1);
        target.settled = 5;
        work(1);
        assertThat(forwarder.settled()).isEqualTo(7);
    }

    @Test
    void shouldLeaveATargetThatIsOnlyTheLeadersToTheLeader() {
        append(10);
        view.isLeader = false;
        target.isLeadersOnly = true;
        work(10);
        assertThat(target.taken).isEmpty();
        assertThat(forwarder.isLocal()).isFalse();
        view.isLeader = true;
        work(20);
        assertThat(target.taken).isEqualTo(sequences(1, 10));
    }

    @Test
    void shouldDeliverToATargetOfItsOwnWhoeverLeads() {
        append(10);
        view.isLeader = false;
        work(10);
        assertThat(target.taken).isEqualTo(sequences(1, 10));
        assertThat(forwarder.isLocal()).isTrue();
    }

    @Test
    void shouldDeliverNothingBeforeTheLogHasItsIdentity() {
        view.logId = 0;
        append(10);
        work(10);
        assertThat(target.taken).isEmpty();
    }

    @Test
    void shouldEndTheRouteWithASentenceWhenTheTargetFailsForGood() {
        append(10);
        target.failure = new EdgeException("The disk is broken.");
        work(2);
        assertThat(forwarder.failure())
                .isEqualTo("route \"training\" is no longer delivered by this member: The disk is broken.");
        target.failure = null;
        work(10);
        assertThat(target.taken).isEmpty();
    }

    @Test
    void shouldEndTheMemberAtADamagedRecordOfWhichOthersHaveACopy() throws IOException {
        letDamageEndTheMember();
        append(30);
        damage(20);
        assertThatThrownBy(() -> work(20))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("route \"training\" is damaged on this member")
                .hasMessageContaining("pinion seed");
        assertThat(target.taken).isEqualTo(sequences(1, 19));
    }

    @Test
    void shouldEndTheRouteAtADamagedRecordOfWhichThereIsNoOtherCopy() throws IOException {
        append(30);
        damage(20);
        work(20);
        assertThat(forwarder.failure()).contains("route \"training\" is no longer delivered by this member");
        assertThat(target.taken).isEqualTo(sequences(1, 19));
    }

    @Test
    void shouldEndTheMemberAtNothingElse() {
        letDamageEndTheMember();
        append(10);
        target.failure = new EdgeException("The disk is broken.");
        work(2);
        assertThat(forwarder.failure()).contains("The disk is broken.");
    }
}
