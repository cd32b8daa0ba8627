package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.pinion.cluster.ClusterProducer;
import io.pinion.cluster.MemberEndpoints;
import io.pinion.cluster.RouteConsumer;
import io.pinion.cluster.SharedSecret;
import io.pinion.cluster.SharedSecretCredentials;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A producer of ratings, and the consumer of one target, outside of the members' processes. One thread. */
final class ClusterClients implements AutoCloseable {
    static final int CONSUMER_STREAM = 2_001;

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** The userIds that came out at the consumer, in order. */
    final List<Long> consumed = new ArrayList<>();

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[2_048]);
    private final MediaDriver driver;
    private final Aeron aeron;
    private final ClusterProducer producer;
    private final RouteConsumer consumer;
    private long sent;
    private String comment = "";
    private boolean isConsuming = true;

    /**
     * Connects.
     *
     * @param hosts           of all members.
     * @param basePort        of the members.
     * @param graph           its name.
     * @param target          what is consumed.
     * @param consumerChannel where.
     * @param imageLiveness   how long the media driver takes members for there that say nothing.
     */
    ClusterClients(
            final List<String> hosts,
            final int basePort,
            final String graph,
            final String target,
            final String consumerChannel,
            final Duration imageLiveness) {
        driver = MediaDriver.launchEmbedded(new MediaDriver.Context()
                .threadingMode(ThreadingMode.SHARED)
                .imageLivenessTimeoutNs(imageLiveness.toNanos())
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
        producer = ClusterProducer.builder()
                .aeron(aeron)
                .endpoints(new MemberEndpoints(hosts, basePort).ingress())
                .producer(1)
                .credentials(SharedSecretCredentials.ofClient("ratings", SharedSecret.none()))
                .open();
        consumer = RouteConsumer.builder()
                .aeron(aeron)
                .channel(consumerChannel, CONSUMER_STREAM)
                .members(new MemberEndpoints(hosts, basePort).routes())
                .route(graph, target)
                .secret(SharedSecret.none())
                .open();
    }

    /** Offers the next rating, if there is room: by a user of its own, with 4 stars for odd ones, 1 for even ones. */
    void offer() {
        final long next = sent + 1;
        final byte[] json = ("{\"userId\":" + next + ",\"stars\":" + (next % 2 == 1 ? 4 : 1) + comment + "}")
                .getBytes(StandardCharsets.UTF_8);
        frame.putBytes(0, json);
        if (producer.offer(frame, 0, json.length, 0)) {
            sent = next;
        }
        poll();
    }

    /** Makes the events that follow longer by a comment of so many bytes. */
    void padEventsTo(final int bytes) {
        comment = bytes == 0 ? "" : ",\"comment\":\"" + "x".repeat(bytes) + "\"";
    }

    /** Whether the consumer takes what comes. */
    void isConsuming(final boolean itDoes) {
        isConsuming = itDoes;
    }

    /** How many were taken over by the producer so far. */
    long sent() {
        return sent;
    }

    /** Offers until so many more are acknowledged. */
    void sendUntilAccepted(final long more) {
        final long wanted = producer.accepted() + more;
        await(() -> {
            offer();
            return producer.accepted() >= wanted;
        });
    }

    /** Waits until all that was offered is acknowledged. */
    void awaitAccepted() {
        await(() -> producer.accepted() == sent);
    }

    void poll() {
        if (producer.poll() + (isConsuming ? consumer.poll(this::onOutput, 64) : 0) == 0) {
            Thread.yield();
        }
    }

    private void onOutput(
            final long logId,
            final long sequence,
            final long logTimeUs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        consumed.add(userIdOf(buffer.getStringWithoutLengthUtf8(offset, length)));
    }

    static long userIdOf(final String json) {
        final int colon = json.indexOf(':');
        return Long.parseLong(json.substring(colon + 1, json.indexOf(',')).strip());
    }

    void await(final BooleanSupplier condition) {
        final long beganNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            poll();
            assertThat(System.nanoTime() - beganNs)
                    .as(() -> producer.whyWaiting() + "; " + consumer.whyWaiting() + "; " + consumed.size()
                            + " consumed, " + producer.accepted() + " of " + sent + " accepted")
                    .isLessThan(PATIENCE.toNanos());
        }
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(producer, consumer, aeron, driver);
    }
}
