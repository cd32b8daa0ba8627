package io.pinion.jmh.peers.jet;

import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.pipeline.Sink;
import com.hazelcast.jet.pipeline.Sinks;
import io.pinion.jmh.peers.Outputs;
import io.pinion.jmh.peers.PeerEvent;
import io.pinion.jmh.peers.TargetOutput;

/** A target as a sink: a cooperative processor, where those of a {@code SinkBuilder} have threads of their own. */
final class OutputSink extends AbstractProcessor {
    private final TargetOutput target;

    private OutputSink(final int index) {
        target = Shared.outputs().target(index);
    }

    static Sink<PeerEvent> of(final int index) {
        return Sinks.fromProcessor(
                Outputs.TARGETS.get(index), ProcessorMetaSupplier.of(1, () -> new OutputSink(index)));
    }

    @Override
    protected boolean tryProcess(final int ordinal, final Object item) {
        final PeerEvent event = (PeerEvent) item;
        target.accept(event.eventId, event.price, event.dueNs);
        return true;
    }
}
