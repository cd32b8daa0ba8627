package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.pinion.aeron.FreePorts;
import io.pinion.engine.EdgeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Route targets of two members, and a consumer, over a real driver; all stepped by the test's thread. */
class RouteDeliveryTest {
    private static final long LOG = 77;
    private static final long PATIENCE_NS = Duration.ofMinutes(1).toNanos();
    private static final int STREAM = 2_001;
    private static final SharedSecret SECRET = SharedSecret.of("a test", "the clients' own secret");

    @TempDir
    Path folder;

    private final String endpoint = endpoint();
    private final List<Member> members = new ArrayList<>();
    private final List<Long> seen = new ArrayList<>();
    private final List<String> sentences = new ArrayList<>();
    private SharedSecret consumersSecret = SECRET;
    private MediaDriver driver;
    private Aeron aeron;
    private RouteConsumer consumer;
    private RouteConsumer.Handler handler = this::take;

    @BeforeEach
    void start() {
        driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(folder.resolve("aeron").toString())
                .threadingMode(ThreadingMode.INVOKER)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .publicationTermBufferLength(64 * 1024)
                .termBufferSparseFile(true)
                .imageLivenessTimeoutNs(TimeUnit.SECONDS.toNanos(1))
                .publicationConnectionTimeoutNs(TimeUnit.SECONDS.toNanos(1))
                .timerIntervalNs(TimeUnit.MILLISECONDS.toNanos(100)));
        aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(driver.aeronDirectoryName())
                .driverAgentInvoker(driver.sharedAgentInvoker())
                .useConductorAgentInvoker(true));
        members.add(new Member(0));
        members.add(new Member(1));
    }

    @AfterEach
    void stop() {
        CloseHelper.quietClose(consumer);
        members.forEach(Member::close);
        CloseHelper.quietCloseAll(aeron, driver);
    }

    private static String endpoint() {
        return "localhost:" + FreePorts.one();
    }

    private RouteConsumer consumer(final ConsumerPositions positions, final int window) {
        consumer = RouteConsumer.builder()
                .aeron(aeron)
                .channel("aeron:udp?endpoint=" + endpoint, STREAM)
                .members(members.stream().map(member -> member.endpoint).toList())
                .route("Graph", "training")
                .secret(consumersSecret)
                .positions(positions)
                .window(window)
                .open();
        return consumer;
    }

    private void take(
            final long logId,
            final long sequence,
            final long logTimeUs,
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes) {
        assertThat(logTimeUs).isEqualTo(sequence * 10);
        assertThat(buffer.getLong(offset)).isEqualTo(sequence);
        assertThat(lengthBytes).isEqualTo(Member.lengthOf(sequence));
        seen.add(sequence);
    }

    private void until(final BooleanSupplier condition) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            driver.sharedAgentInvoker().invoke();
            aeron.conductorAgentInvoker().invoke();
            members.forEach(Member::doWork);
            if (consumer != null) {
                consumer.poll(handler, 10);
            }
            assertThat(System.nanoTime() - startNs)
                    .as("waited in vain; seen " + seen.size() + "; "
                            + members.stream()
                                    .map(member -> member.target.whyWaiting())
                                    .toList() + "; "
                            + (consumer == null ? "" : consumer.whyWaiting()))
                    .isLessThan(PATIENCE_NS);
        }
    }

    private static List<Long> sequences(final long from, final long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void shouldDeliverEachOutputOnceAndInOrder() {
        members.get(0).lead(1, 2_000);
        consumer(ConsumerPositions.inMemory(), 100);
        until(() -> seen.size() == 2_000);
        assertThat(seen).isEqualTo(sequences(1, 2_000));
        assertThat(consumer.logId()).isEqualTo(LOG);
        assertThat(consumer.next()).isEqualTo(2_001);
        until(() -> members.stream().allMatch(member -> member.target.settled() == 2_000));
    }

    @Test
    void shouldGoOnWithAnotherLeaderWhereTheConsumerStands() {
        members.get(0).lead(1, 1_000);
        consumer(ConsumerPositions.inMemory(), 100);
        until(() -> seen.size() > 300);
        members.get(0).follow();
        members.get(1).lead(2, 1_500);
        until(() -> seen.size() >= 1_500);
        assertThat(seen).isEqualTo(sequences(1, 1_500));
    }

    @Test
    void shouldHandOverOnceWhatTwoLeadersDeliver() {
        members.get(0).lead(1, 1_000);
        members.get(1).lead(2, 1_000);
        consumer(ConsumerPositions.inMemory(), 100);
        until(() -> seen.size() >= 1_000);
        assertThat(seen).isEqualTo(sequences(1, 1_000));
        until(() -> consumer.repeats() > 0);
        assertThat(seen).hasSize(1_000);
    }

    @Test
    void shouldGoOnWhereAConsumerWasThatStartsAgain() {
        members.get(0).lead(1, 2_000);
        final Path file = folder.resolve("training.position");
        consumer(ConsumerPositions.inFile(file), 100);
        until(() -> seen.size() > 300);
        consumer.close();
        consumer(ConsumerPositions.inFile(file), 100);
        until(() -> seen.size() >= 2_000);
        assertThat(seen).isEqualTo(sequences(1, 2_000));
    }

    @Test
    void shouldDeliverAgainToAConsumerThatWasAwayForLong() {
        members.get(0).lead(1, 1_000);
        final Path file = folder.resolve("training.position");
        consumer(ConsumerPositions.inFile(file), 100);
        until(() -> seen.size() > 300);
        consumer.close();
        consumer = null;
        until(() -> members.get(0).target.whyWaiting().contains("no consumer is connected"));
        consumer(ConsumerPositions.inFile(file), 100);
        until(() -> seen.size() >= 1_000);
        assertThat(seen).isEqualTo(sequences(1, 1_000));
    }

    @Test
    void shouldHandOverAgainWhatTheHandlerThrewAt() {
        members.get(0).lead(1, 3);
        consumer(ConsumerPositions.inMemory(), 100);
        final IllegalStateException thrown = new IllegalStateException("not now");
        handler = (logId, sequence, logTimeUs, buffer, offset, lengthBytes) -> {
            if (sequence == 2) {
                throw thrown;
            }
            seen.add(sequence);
        };
        assertThatThrownBy(() -> until(() -> false)).isSameAs(thrown);
        assertThat(seen).containsExactly(1L);
        handler = this::take;
        until(() -> seen.size() >= 3);
        assertThat(seen).isEqualTo(sequences(1, 3));
    }

    @Test
    void shouldTellAConsumerThatWantsWhatIsNoLongerKept() {
        members.get(0).lead(1, 1_000);
        members.get(0).firstKept = 500;
        consumer(ConsumerPositions.inMemory(), 100);
        assertThatThrownBy(() -> until(() -> false))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("expects output 1 of a log that is new to it, and the first that is kept is 500");
        assertThat(members.get(0).target.whyWaiting()).contains("the first that is kept is 500");
    }

    @Test
    void shouldBeginAnewWithAnotherLog() {
        members.get(0).lead(1, 300);
        final ConsumerPositions positions = ConsumerPositions.inMemory();
        positions.store(LOG - 1, 250);
        consumer(positions, 100);
        until(() -> seen.size() >= 300);
        assertThat(seen).isEqualTo(sequences(1, 300));
    }

    @Test
    void shouldDeliverNothingWithoutAPosition() {
        members.get(0).lead(1, 10);
        until(() -> members.get(0).target.whyWaiting().contains("tells a position"));
        assertThat(members.get(0).offered).isZero();
    }

    @Test
    void shouldDeliverAndConfirmNothingToAConsumerWithAnotherSecretAndSaySoOnce() {
        members.get(0).lead(1, 10);
        consumersSecret = SharedSecret.of("a test", "another clients' secret");
        consumer(ConsumerPositions.inMemory(), 100);
        until(() -> members.stream().allMatch(member -> member.feed.refused() >= 3));
        assertThat(members.get(0).offered).isZero();
        assertThat(members).allMatch(member -> member.target.settled() == 0);
        assertThat(sentences)
                .as("once by each member")
                .hasSize(2)
                .allMatch(sentence -> sentence.startsWith("The consumer of route \"training\" at 127.0.0.1:")
                        && sentence.contains("does not have the secret of this cluster's clients"));
        assertThat(consumer.whyWaiting()).contains("members refuse its positions");

        consumer.close();
        consumersSecret = SECRET;
        consumer(ConsumerPositions.inMemory(), 100);
        until(() -> seen.size() >= 10);
        assertThat(seen).isEqualTo(sequences(1, 10));
        assertThat(sentences).hasSize(2);
    }

    @Test
    void shouldHandOverEachOutputOnceAndConfirmNoMoreThanThatWhereOldPositionsAreToldAgain() {
        final List<byte[]> heard = new ArrayList<>();
        // What the consumer could have told of other logs, before this one was.
        heard.add(position(LOG - 1, 5_000, 2));
        heard.add(position(0, 1, 1));
        consumer(ConsumerPositions.inMemory(), 10);
        final Member member = members.get(0);
        final String toMember = "aeron:udp?endpoint=" + member.endpoint;
        try (Subscription tap = aeron.addSubscription(toMember, PositionFeed.STREAM);
                ExclusivePublication replay = aeron.addExclusivePublication(toMember, PositionFeed.STREAM)) {
            for (int upTo = 100; upTo <= 500; upTo += 100) {
                final int outputs = upTo;
                member.lead(1, outputs);
                untilConfirmedNoFurtherThanSeen(tap, replay, heard, () -> seen.size() >= outputs);
                for (int i = 0; i < heard.size(); i += i < 2 ? 1 : heard.size() / 4 + 1) {
                    final UnsafeBuffer old = new UnsafeBuffer(heard.get(i));
                    final long before = member.told.count;
                    untilConfirmedNoFurtherThanSeen(tap, replay, heard, () -> replay.offer(old) > 0);
                    untilConfirmedNoFurtherThanSeen(tap, replay, heard, () -> member.told.count > before);
                }
            }
            untilConfirmedNoFurtherThanSeen(
                    tap, replay, heard, () -> consumer.repeats() > 0 && member.target.settled() == 500);
        }
        assertThat(seen).isEqualTo(sequences(1, 500));
        assertThat(member.feed.refused()).isZero();
    }

    private void untilConfirmedNoFurtherThanSeen(
            final Subscription tap,
            final ExclusivePublication replay,
            final List<byte[]> heard,
            final BooleanSupplier condition) {
        until(() -> {
            tap.poll(
                    (buffer, offset, length, header) -> {
                        if (header.sessionId() != replay.sessionId()) {
                            final byte[] message = new byte[length];
                            buffer.getBytes(offset, message);
                            heard.add(message);
                        }
                    },
                    10);
            assertThat(members.get(0).target.settled()).isLessThan(consumer.next());
            return condition.getAsBoolean();
        });
    }

    private static byte[] position(final long logId, final long next, final long ask) {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[RouteMessages.POSITION_BYTES]);
        RouteMessages.put(
                message, RouteMessages.POSITION, 1_000, logId, RouteMessages.routeId("Graph", "training"), next, ask);
        new PositionMac(SECRET).put(message);
        return message.byteArray();
    }

    /** Delivers outputs that are made as they are offered, as a forwarder does. */
    private final class Member {
        final String endpoint = endpoint();
        final ServiceView view = new ServiceView();
        final PositionFeed feed;
        final PositionFeed.Told told;
        final RouteTarget target;
        long last;
        long firstKept = 1;
        long offered;

        Member(final int number) {
            feed = new PositionFeed(aeron, "aeron:udp?endpoint=" + endpoint, SECRET, sentences::add);
            final long routeId = RouteMessages.routeId("Graph", "training");
            told = feed.of(routeId, "training");
            target = new RouteTarget(
                    (channel, stream) -> new AeronRoutePublication(aeron, channel, stream),
                    "aeron:udp?endpoint=" + RouteDeliveryTest.this.endpoint,
                    STREAM,
                    routeId,
                    told,
                    view,
                    number);
            view.logId = LOG;
        }

        void lead(final long term, final long upTo) {
            view.leadershipTermId = term;
            view.isLeader = true;
            last = upTo;
        }

        void follow() {
            view.isLeader = false;
        }

        static int lengthOf(final long sequence) {
            return (int) (Long.BYTES + sequence % 3_000); // some of several fragments
        }

        void doWork() {
            feed.doWork();
            target.doWork();
            if (!view.isLeader) {
                return;
            }
            for (int i = 0; i < 64; i++) {
                final long next = target.next(LOG, firstKept);
                if (next < 1 || next > last) {
                    return;
                }
                final UnsafeBuffer output = new UnsafeBuffer(new byte[lengthOf(next)]);
                output.putLong(0, next);
                if (!target.offer(LOG, next, next * 10, output, 0, output.capacity())) {
                    return;
                }
                offered++;
            }
        }

        void close() {
            target.close();
            feed.close();
        }
    }
}
