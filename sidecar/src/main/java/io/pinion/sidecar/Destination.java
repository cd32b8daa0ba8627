package io.pinion.sidecar;

import io.pinion.aeron.AeronPublisher;
import io.pinion.cluster.ClusterProducer;
import org.agrona.DirectBuffer;

/** Where {@code send} sends to. One thread. */
interface Destination {
    /** Whether somebody is there who takes events. */
    boolean isReady();

    /** False when it can't be taken now. */
    boolean offer(DirectBuffer buffer, int offset, int lengthBytes, long dueNs);

    /** What there is to do between offers. */
    void doWork();

    /** Whether all that was taken has arrived, or never will. */
    boolean isDrained();

    int maxFrameBytes();

    String whyWaiting();

    /** A sidecar's channel: drained once it was read. */
    static Destination channel(final AeronPublisher publisher) {
        return new Destination() {
            @Override
            public boolean isReady() {
                return publisher.isConnected();
            }

            @Override
            public boolean offer(final DirectBuffer buffer, final int offset, final int lengthBytes, final long dueNs) {
                return publisher.offer(buffer, offset, lengthBytes, dueNs);
            }

            @Override
            public void doWork() {
                // The driver has its own thread.
            }

            @Override
            public boolean isDrained() {
                return publisher.isDrained();
            }

            @Override
            public int maxFrameBytes() {
                return publisher.maxFrameBytes();
            }

            @Override
            public String whyWaiting() {
                return publisher.whyWaiting();
            }
        };
    }

    /** A cluster: drained once all was acknowledged. */
    static Destination cluster(final ClusterProducer producer) {
        return new Destination() {
            @Override
            public boolean isReady() {
                return producer.isOpen();
            }

            @Override
            public boolean offer(final DirectBuffer buffer, final int offset, final int lengthBytes, final long dueNs) {
                return producer.offer(buffer, offset, lengthBytes, dueNs);
            }

            @Override
            public void doWork() {
                producer.poll();
            }

            @Override
            public boolean isDrained() {
                return producer.accepted() == producer.sent();
            }

            @Override
            public int maxFrameBytes() {
                return producer.maxEventBytes();
            }

            @Override
            public String whyWaiting() {
                return producer.whyWaiting();
            }
        };
    }
}
