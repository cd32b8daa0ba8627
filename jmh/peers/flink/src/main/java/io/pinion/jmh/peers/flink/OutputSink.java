package io.pinion.jmh.peers.flink;

import io.pinion.jmh.peers.PeerEvent;
import io.pinion.jmh.peers.TargetOutput;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** A target as a sink. */
final class OutputSink implements Sink<PeerEvent> {
    private static final long serialVersionUID = 1;

    private final int index;

    OutputSink(final int index) {
        this.index = index;
    }

    @Override
    public SinkWriter<PeerEvent> createWriter(final WriterInitContext context) {
        return new Writer(Shared.outputs().target(index));
    }

    private static final class Writer implements SinkWriter<PeerEvent> {
        private final TargetOutput target;

        Writer(final TargetOutput target) {
            this.target = target;
        }

        @Override
        public void write(final PeerEvent event, final Context context) {
            target.accept(event.eventId, event.price, event.dueNs);
        }

        @Override
        public void flush(final boolean endOfInput) {}

        @Override
        public void close() {}
    }
}
