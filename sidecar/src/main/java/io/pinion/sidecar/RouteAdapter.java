package io.pinion.sidecar;

import io.pinion.cluster.RouteConsumer;
import io.pinion.engine.IngressAdapter;

/** A replicated graph's target as an input. What is handed over counts as seen, so the handler has to take it. One thread. */
final class RouteAdapter implements IngressAdapter {
    private final RouteConsumer consumer;

    RouteAdapter(final RouteConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        return consumer.poll(
                (logId, sequence, logTimeUs, buffer, offset, lengthBytes) ->
                        handler.onFrame(buffer, offset, lengthBytes, 0),
                limit);
    }

    /** Never. */
    @Override
    public boolean isAtEnd() {
        return false;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
