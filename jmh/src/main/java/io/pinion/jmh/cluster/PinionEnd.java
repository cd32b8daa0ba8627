package io.pinion.jmh.cluster;

import io.pinion.cluster.ClusterProducer;
import io.pinion.cluster.RouteConsumer;
import io.pinion.cluster.SharedSecret;
import io.pinion.cluster.SharedSecretCredentials;
import io.pinion.jmh.rig.FramePool;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Pinion's own producer, and a consumer for each target of the job. When an event was due is looked up by its number, which
 * its frame has: nothing but the frame comes out of a graph.
 */
final class PinionEnd implements ClusterEnd {
    private static final List<String> ROUTES = List.of("training", "evaluation", "analytics");
    private static final int FIRST_STREAM = 2001;
    private static final long PRODUCER = 7;
    /** More than may be on its way between producer and consumer. */
    private static final int DUE_SLOTS = 1 << 20;

    /** So that it is not the window that bounds the rate: the bare client has none. */
    private static final int WINDOW_EVENTS = 1 << 14;

    private static final int WINDOW_BYTES = 16 << 20;

    private final RigDriver driver = new RigDriver();
    private final MemberPlan plan;
    private ClusterProducer producer;
    private final List<RouteConsumer> consumers = new ArrayList<>();
    private final RouteConsumer.Handler onOutput = this::onOutput;
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[4096]);
    private final long[] due = new long[DUE_SLOTS];
    private FramePool pool;
    private ReturnHandler onReturn;
    private int outputs;
    private int done;

    PinionEnd(final MemberPlan plan) {
        this.plan = plan;
        producer = newProducer();
        for (int i = 0; i < ROUTES.size(); i++) {
            consumers.add(RouteConsumer.builder()
                    .aeron(driver.client())
                    .channel(plan.outputs(), FIRST_STREAM + i)
                    .members(plan.routes())
                    .route(plan.graph(), ROUTES.get(i))
                    .secret(SharedSecret.none())
                    .open());
        }
    }

    private ClusterProducer newProducer() {
        return ClusterProducer.builder()
                .aeron(driver.client())
                .endpoints(plan.ingress())
                .producer(PRODUCER)
                .credentials(SharedSecretCredentials.ofClient("bench", SharedSecret.none()))
                .window(WINDOW_EVENTS, WINDOW_BYTES)
                .open();
    }

    @Override
    public void reconnect() {
        CloseHelper.quietClose(producer);
        producer = newProducer();
    }

    @Override
    public void work() throws Exception {
        driver.work(done == 0);
    }

    @Override
    public boolean isConnected() {
        producer.poll();
        return producer.isOpen();
    }

    @Override
    public int poll(final ReturnHandler handler, final int limit) {
        onReturn = handler;
        outputs = 0;
        done = producer.poll();
        for (int i = 0; i < consumers.size(); i++) {
            done += consumers
                    .get(i)
                    .poll(onOutput, limit); // to tell a position is something done, and brings nothing back
        }
        return outputs;
    }

    private void onOutput(
            final long logId,
            final long sequence,
            final long logTimeUs,
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes) {
        outputs++;
        onReturn.onReturn(due[(int) pool.numberOf(buffer, offset) & DUE_SLOTS - 1]);
    }

    @Override
    public boolean send(final FramePool frames, final long n, final long dueEpochNs) {
        pool = frames;
        final int lengthBytes = frames.lengthBytes(n);
        frames.write(n, frame, 0);
        due[(int) n & DUE_SLOTS - 1] = dueEpochNs;
        return producer.offer(frame, 0, lengthBytes, dueEpochNs);
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(consumers);
        CloseHelper.quietCloseAll(producer, driver);
    }
}
