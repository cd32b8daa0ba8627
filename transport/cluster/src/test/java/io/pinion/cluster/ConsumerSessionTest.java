package io.pinion.cluster;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.engine.EdgeException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ConsumerSessionTest {
    private static final long ROUTE = 9;
    private static final long LOG = 77;
    private static final long TELL_NS = MILLISECONDS.toNanos(100);

    private long nowNs = -3;
    private ConsumerSession session = at(0, 1);

    private ConsumerSession at(final long logId, final long next) {
        return new ConsumerSession("route \"training\"", ROUTE, 8, logId, next, 5, nowNs);
    }

    private boolean comes(final long sequence) {
        final boolean isNext = session.isNext(ROUTE, LOG, sequence, nowNs);
        if (isNext) {
            session.taken();
        }
        return isNext;
    }

    @Property
    void shouldHandOverEachOnceAndInOrderWhateverComes(
            @ForAll @Size(max = 300) final List<@LongRange(min = 1, max = 20) Long> sequences) {
        session = at(0, 1);
        final List<Long> handedOver = new ArrayList<>();
        for (final long sequence : sequences) {
            if (comes(sequence)) {
                handedOver.add(sequence);
            }
        }
        assertThat(handedOver)
                .isEqualTo(LongStream.rangeClosed(1, handedOver.size()).boxed().toList());
        assertThat(session.next()).isEqualTo(handedOver.size() + 1L);
    }

    @Test
    void shouldDropWhatComesAgain() {
        session = at(LOG, 5);
        assertThat(comes(3)).isFalse();
        assertThat(comes(4)).isFalse();
        assertThat(comes(5)).isTrue();
        assertThat(session.repeats()).isEqualTo(2);
        assertThat(session.gaps()).isZero();
    }

    @Test
    void shouldAskOnceForWhatIsMissingForAsLongAsAnAnswerTakes() {
        session = at(LOG, 5);
        final long ask = session.ask();
        assertThat(comes(7)).isFalse();
        assertThat(comes(8)).isFalse();
        assertThat(session.ask()).isEqualTo(ask + 1);
        assertThat(session.gaps()).isOne();
        assertThat(session.isTellDue(nowNs)).isTrue();
        nowNs += TELL_NS;
        assertThat(comes(9)).isFalse();
        assertThat(session.ask()).isEqualTo(ask + 2);
        assertThat(session.gaps()).isEqualTo(2);
    }

    @Test
    void shouldAskAnewWhenAnotherWayToALeaderIsThere() {
        final long ask = session.ask();
        session.told(nowNs);
        assertThat(session.isTellDue(nowNs)).isFalse();
        session.onConnected(nowNs);
        assertThat(session.ask()).isEqualTo(ask + 1);
        assertThat(session.isTellDue(nowNs)).isTrue();
    }

    @Test
    void shouldTellEachTenthOfASecondAndBeforeItsWindowIsUsedUp() {
        session.told(nowNs);
        assertThat(session.isTellDue(nowNs + TELL_NS - 1)).isFalse();
        assertThat(session.isTellDue(nowNs + TELL_NS)).isTrue();
        comes(1);
        assertThat(session.isTellDue(nowNs)).isFalse();
        comes(2);
        assertThat(session.isTellDue(nowNs)).isTrue();
    }

    @Test
    void shouldHaveAnotherAskThanAnEarlierRunOfIt() {
        final long earlier = session.ask();
        session = new ConsumerSession("", ROUTE, 8, LOG, 4, 6, nowNs);
        assertThat(session.ask()).isNotEqualTo(earlier);
    }

    @Test
    void shouldIgnoreOtherRoutesAndOtherLogs() {
        session = at(LOG, 5);
        assertThat(session.isNext(ROUTE + 1, LOG, 5, nowNs)).isFalse();
        assertThat(session.isNext(ROUTE, LOG + 1, 5, nowNs)).isFalse();
        assertThat(session.onHello(ROUTE + 1, LOG + 1, 1, nowNs)).isFalse();
        assertThat(session.next()).isEqualTo(5);
        assertThat(session.logId()).isEqualTo(LOG);
    }

    @Test
    void shouldBeginAnewWithALogThatIsNew() {
        session = at(LOG - 1, 5);
        assertThat(session.onHello(ROUTE, LOG, 1, nowNs)).isTrue();
        assertThat(session.logId()).isEqualTo(LOG);
        assertThat(comes(1)).isTrue();
    }

    @Test
    void shouldEndWhereTwoLogsComeByTurns() {
        session = at(LOG - 1, 5);
        session.onHello(ROUTE, LOG, 1, nowNs);
        assertThatThrownBy(() -> session.onHello(ROUTE, LOG - 1, 1, nowNs))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("hears two clusters by turns");
    }

    @Test
    void shouldEndWhenWhatItExpectsIsNoLongerKept() {
        session = at(LOG, 5);
        assertThat(session.onHello(ROUTE, LOG, 5, nowNs)).isFalse();
        assertThatThrownBy(() -> session.onHello(ROUTE, LOG, 6, nowNs))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("expects output 5, and the first that is kept is 6");
    }
}
