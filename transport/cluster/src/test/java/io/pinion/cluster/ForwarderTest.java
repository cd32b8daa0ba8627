package io.pinion.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.engine.EdgeException;
import io.pinion.engine.SequencedTarget;
import io.pinion.engine.routelog.AppendResult;
import io.pinion.engine.routelog.RouteLog;
import io.pinion.engine.routelog.RouteLogConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a real route log of small segments. */
class ForwarderTest {
    private static final long LOG = 77;
    private static final int ROUTE = 2;

    @TempDir
    Path folder;

    private final ServiceView view = new ServiceView();
    private final ScriptedTarget target = new ScriptedTarget();
    private final List<Long> confirmed = new ArrayList<>();
    private RouteLog log;
    private Forwarder forwarder;
    private long appended;
    private long nowNs;

    @BeforeEach
    void open() {
        log = RouteLog.open(RouteLogConfig.in(folder.resolve("log"))
                .segmentBytes(4_096)
                .maxBytes(Long.MAX_VALUE)
                .invoked());
        forwarder = new Forwarder(ROUTE, "training", log, target, view, this::confirm, Forwarder.Damage.ENDS_THE_ROUTE);
        view.isLeader = true;
        view.logId = LOG;
        nowNs = System.nanoTime(); // behind what the forwarder has read of that clock
    }

    @AfterEach
    void close() {
        forwarder.close();
        log.close();
    }

    private boolean confirm(final int route, final long sequence) {
        assertThat(route).isEqualTo(ROUTE);
        assertThat(sequence).isLessThanOrEqualTo(target.highestSettled);
        confirmed.add(sequence);
        return true;
    }

    private void append(final int count) {
        for (int i = 0; i < count; i++) {
            final byte[] payload = ("output " + ++appended).getBytes(UTF_8);
            while (log.writer()
                            .append(
                                    LOG,
                                    appended,
                                    appended,
                                    1_000 + appended,
                                    new UnsafeBuffer(payload),
                                    0,
                                    payload.length)
                    != AppendResult.APPENDED) {
                log.doWork();
            }
        }
    }

    private void work(final int rounds) {
        for (int i = 0; i < rounds; i++) {
            nowNs += TimeUnit.MILLISECONDS.toNanos(5);
            forwarder.doWork(nowNs);
        }
    }

    private static List<Long> sequences(final long from, final long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

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

    /** Flips a byte of the payload of an output, on the disk. */
    private void damage(final long sequence) throws IOException {
        final byte[] payload = ("output " + sequence).getBytes(UTF_8);
        try (Stream<Path> files = Files.list(folder.resolve("log"))) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final byte[] bytes = Files.readAllBytes(file);
                final int at = new String(bytes, ISO_8859_1).indexOf(new String(payload, ISO_8859_1) + "\0");
                if (at >= 0) {
                    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.write(ByteBuffer.wrap(new byte[] {'O'}), at);
                    }
                    return;
                }
            }
        }
        throw new AssertionError("output " + sequence + " is in no file");
    }

    @Test
    void shouldEndTheMemberAtADamagedRecordOfWhichOthersHaveACopy() throws IOException {
        forwarder.close();
        forwarder =
                new Forwarder(ROUTE, "training", log, target, view, this::confirm, Forwarder.Damage.ENDS_THE_MEMBER);
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
        forwarder.close();
        forwarder =
                new Forwarder(ROUTE, "training", log, target, view, this::confirm, Forwarder.Damage.ENDS_THE_MEMBER);
        append(10);
        target.failure = new EdgeException("The disk is broken.");
        work(2);
        assertThat(forwarder.failure()).contains("The disk is broken.");
    }

    /** Takes what it is offered, in order, as far as there is room. */
    private static final class ScriptedTarget implements SequencedTarget {
        final List<Long> taken = new ArrayList<>();
        long next = 1;
        long settled;
        long highestSettled;
        long firstKept;
        int room = Integer.MAX_VALUE;
        boolean isLeadersOnly;
        EdgeException failure;

        @Override
        public long next(final long logId, final long first) {
            assertThat(logId).isEqualTo(LOG);
            firstKept = first;
            return next < first ? UNKNOWN : next;
        }

        @Override
        public boolean offer(
                final long logId,
                final long sequence,
                final long logTimeUs,
                final DirectBuffer buffer,
                final int offset,
                final int lengthBytes) {
            assertThat(sequence).isEqualTo(next);
            assertThat(logTimeUs).isEqualTo(1_000 + sequence);
            assertThat(buffer.getStringWithoutLengthUtf8(offset, lengthBytes)).isEqualTo("output " + sequence);
            if (taken.size() >= room) {
                return false;
            }
            taken.add(sequence);
            next++;
            return true;
        }

        @Override
        public long settled() {
            highestSettled = Math.max(highestSettled, settled);
            return settled;
        }

        @Override
        public int doWork() {
            if (failure != null) {
                throw failure;
            }
            return 0;
        }

        @Override
        public boolean isLeadersOnly() {
            return isLeadersOnly;
        }

        @Override
        public int maxFrameBytes() {
            return 1_000;
        }

        @Override
        public String whyWaiting() {
            return "scripted";
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
